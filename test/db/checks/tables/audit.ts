import type { TableRules } from '../rules.ts';

export const auditTables = {
  globalTables: {
    purge_runs: 'when the platform removed old rows, and how many; only the platform touches it',
    audit_keys: 'public keys of the platform, which signed the checkpoints',
    audit_checkpoints: 'signed statements over all chains; only the platform touches them',
    audit_checkpoint_chains: 'how far each chain was when it was sealed; only the platform touches them',
  },
  platformOnly: ['purge_runs', 'audit_keys', 'audit_checkpoints', 'audit_checkpoint_chains'],
  ownerPolicies: {
    'events.ledger_writer': 'append_event inserts into the ledger',
    'event_heads.ledger_head': 'append_event locks and moves the head of a chain',
  },
  definerFunctions: {
    append_event: ['bizosaas_app', 'bizosaas_platform'],
  },
} satisfies TableRules;
