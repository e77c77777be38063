import type { TableRules } from '../rules.ts';

export const runsTables = {
  globalTables: {
    projections: 'how far the projection has read; only the platform touches it',
    run_sums: 'sums of how runs of all tenants ended; only the platform touches them',
    run_sum_days: 'the days that are summed; only the platform touches them',
    bulk_operations:
      'who started it decides who reads it, and it may be about many tenants; read by the platform for that person',
    bulk_operation_items: 'read with their operation',
  },
  platformOnly: ['projections', 'run_sums', 'run_sum_days', 'bulk_operations', 'bulk_operation_items'],
} satisfies TableRules;
