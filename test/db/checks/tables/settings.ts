import type { TableRules } from '../rules.ts';

export const settingsTables = {
  globalTables: {
    platform_settings: 'what is set for the whole platform; every tenant inherits it',
    partner_settings: 'what is set for one partner; read for its tenants by the platform only',
  },
  platformOnly: ['partner_settings'],
  readByPartners: ['platform_settings'],
  closedToPartners: ['secrets'],
} satisfies TableRules;
