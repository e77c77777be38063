import type { TableRules } from '../rules.ts';

export const settingsTables = {
  closedToPartners: ['secrets'],
} satisfies TableRules;
