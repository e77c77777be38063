import type { TableRules } from '../rules.ts';

export const billingTables = {
  globalTables: {
    plans: 'the price list, the same for everybody',
    tax_rates: 'how sales are taxed by country, the same for everybody',
    exchange_rates: 'by what revenue of other currencies is stated, the same for everybody',
    plan_versions: 'what plans cost and allow, the same for everybody',
    dunning_policies: 'what happens when a payment fails, the same for everybody it is assigned to',
    invoice_counters:
      'numbers without gaps run across all tenants; holds a number per series and nothing else',
  },
  writableGlobals: {
    invoice_counters: ['INSERT', 'UPDATE'],
  },
  readByPartners: ['plans', 'plan_versions', 'exchange_rates', 'tax_rates', 'dunning_policies'],
  keysWithoutTenant: {
    dunning_cases_policy_key_policy_version_fkey: 'dunning_policies is a global table',
    subscriptions_plan_key_fkey: 'plans is a global table',
    subscriptions_plan_key_plan_version_fkey: 'plan_versions is a global table',
  },
} satisfies TableRules;
