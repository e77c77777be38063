import { capabilities } from '../../../db/domain/capabilities.ts';
import type { FileResult } from './child.ts';

/** What the tests of one row took together, and may take; null = files that belong to no capability have no budget. */
export type Row = Readonly<{ name: string; seconds: number; budgetSeconds: number | null; reason?: string }>;

/** How long the own tests of a capability may take together, added up over the processes. */
const budgetSeconds = 90;

/** Rows that may take longer, and why. */
const exceptions: Readonly<Record<string, Readonly<{ seconds: number; reason: string }>>> = {
  identity: {
    seconds: 350,
    reason: 'views × every route, keys × every route, guesses, a real provider, kills',
  },
  integrations: { seconds: 360, reason: '28 servers, real packages, OAuth and webhooks end to end' },
  runs: {
    seconds: 450,
    reason:
      'follows, resets and replays live runs, schedules, templates, bulk operations, and a Temporal that is away',
  },
  people: { seconds: 130, reason: 'roles × every route, and leaving with everything that is handed over' },
  tenants: { seconds: 130, reason: 'a freeze with two hundred runs under way, each once after it' },
  billing: {
    seconds: 350,
    reason: 'months and ladders through the real processes, every decline class, each route while restricted',
  },
  onboarding: { seconds: 150, reason: 'fourteen days of reminders, and every step on real parts' },
};

/** Rows that are no capability, so that they have no budget: they go through all of them, or every MCP server. */
const ownRows: readonly (readonly [folder: string, row: string])[] = [
  ['e2e/', 'e2e'],
  ['chaos/', 'chaos'],
  ['replay/', 'replay'],
  ['activities/mcp/', 'mcp'],
];

/** The row of a test file by its name; what stands in the folder of no capability goes under its layer, without a budget. */
export function rowOf(name: string): { name: string; hasBudget: boolean } {
  const own = ownRows.find(([folder]) => name.startsWith(folder));
  if (own) return { name: own[1], hasBudget: false };
  const [layer, ...folders] = name.split('/').slice(0, -1);
  const capability = folders.find((folder) => (capabilities as readonly string[]).includes(folder));
  if (capability) return { name: capability, hasBudget: true };
  return { name: layer ? `(${layer})` : '(all)', hasBudget: false };
}

/** One row per capability, longest first. */
export function rowsOf(results: readonly FileResult[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { name: file, seconds } of results) {
    const { name, hasBudget } = rowOf(file);
    const sum = seconds + (rows.get(name)?.seconds ?? 0);
    const exception = exceptions[name];
    const budget = hasBudget ? (exception?.seconds ?? budgetSeconds) : null;
    rows.set(name, { name, seconds: sum, budgetSeconds: budget, reason: exception?.reason });
  }
  return [...rows.values()].sort((a, b) => b.seconds - a.seconds);
}

export const isOverBudget = (row: Row): boolean =>
  row.budgetSeconds !== null && row.seconds > row.budgetSeconds;
