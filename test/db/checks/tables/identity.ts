import type { TableRules } from '../rules.ts';

export const identityTables = {
  globalTables: {
    rate_limits: 'counts tries of people who are not signed in yet; only the platform touches it',
  },
  platformOnly: ['rate_limits'],
  closedToPartners: ['api_keys', 'verification_tokens'],
  keysWithoutTenant: {
    verification_tokens_user_id_fkey: 'users is a global table',
  },
  definerFunctions: {
    create_credential: ['bizosaas_app', 'bizosaas_platform'],
  },
} satisfies TableRules;
