/** What the product can do, one word each. Every layer has a folder of the same name for the capability. */
export const capabilities = [
  'onboarding',
  'tenants',
  'people',
  'identity',
  'billing',
  'integrations',
  'approvals',
  'runs',
  'agents',
  'sites',
  'crm',
  'analytics',
  'reports',
  'audit',
  'security',
  'health',
  'support',
  'settings',
] as const;
export type Capability = (typeof capabilities)[number];
