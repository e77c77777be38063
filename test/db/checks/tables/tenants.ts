import type { TableRules } from '../rules.ts';

export const tenantsTables = {
  globalTables: {
    platform_freezes: 'that everything is stopped; every tenant reads it before it writes to the outside',
    partners: 'resellers stand above tenants; readable by name, written by the platform',
    partner_links:
      'sign-up links of partners; read by the platform for the partner of who asks, and at sign-up by the hash of a token',
    saved_views:
      'how a person likes to see a list; belongs to the person, read by the platform for that person only',
  },
  platformOnly: ['partner_links', 'saved_views'],
  readByPartners: ['partners', 'platform_freezes'],
  keysWithoutTenant: {
    tenants_name_key_key:
      'one business, one account: sign-up tells in public that the name of a confirmed one is taken',
    tenants_partner_id_fkey: 'partners is a global table',
  },
} satisfies TableRules;
