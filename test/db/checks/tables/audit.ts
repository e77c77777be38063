import type { TableRules } from '../rules.ts';

export const auditTables = {
  globalTables: {
    purge_runs: 'when the platform removed old rows, and how many; only the platform touches it',
  },
  platformOnly: ['purge_runs'],
  ownerPolicies: {
    'events.ledger_writer': 'append_event inserts into the ledger',
    'event_heads.ledger_head': 'append_event locks and moves the head of a chain',
  },
  definerFunctions: {
    append_event: ['bizosaas_app', 'bizosaas_platform'],
  },
} satisfies TableRules;
