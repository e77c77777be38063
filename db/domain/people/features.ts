/** What can be switched off for one person, whatever the role says, each with the name people read. */
export const features = {
  ai: 'AI agents',
  analytics: 'Analytics',
  billing: 'Billing',
  crm: 'Customers',
  integrations: 'Integrations',
  website: 'Websites',
} as const;
export type Feature = keyof typeof features;
export const featureKeys = Object.keys(features) as [Feature, ...Feature[]];
