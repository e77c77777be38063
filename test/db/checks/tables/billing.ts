import type { TableRules } from '../rules.ts';

export const billingTables = {
  globalTables: {
    plans: 'the price list, the same for everybody',
    invoice_counters:
      'numbers without gaps run across all tenants; holds a number per series and nothing else',
  },
  writableGlobals: {
    invoice_counters: ['INSERT', 'UPDATE'],
  },
  readByPartners: ['plans'],
  keysWithoutTenant: {
    subscriptions_plan_key_fkey: 'plans is a global table',
  },
} satisfies TableRules;
