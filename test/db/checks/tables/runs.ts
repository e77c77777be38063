import type { TableRules } from '../rules.ts';

export const runsTables = {
  globalTables: {
    projections: 'how far the projection has read; only the platform touches it',
  },
  platformOnly: ['projections'],
} satisfies TableRules;
