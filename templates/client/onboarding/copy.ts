import { agentCatalog } from '../../../db/domain/agents/catalog.ts';
import type { Plan } from '../../../db/domain/billing/billing.ts';
import { countText } from '../../ui/format.ts';

/** Sentences of the setup that more than one page says. */
export const setupCopy = {
  coming: 'We’ll tell you when it’s ready',
  comingTitle: 'Not ready yet',
  comingNote: 'Your choice is saved, and nothing is set up. We’ll tell you when it’s ready.',
  cancelPlan: 'You see the price before you continue. To cancel later, write to the contact in the',
  agentsInPlan: (agents: string) => `${agents}, once they can run.`,
  newSite: 'We can’t build sites yet. We save your answers and tell you when it’s ready.',
  existingSite: 'We save its address. If it runs on WordPress or Wix, connect it under Integrations.',
  laterSite: 'We don’t set up anything now.',
  agentsNext:
    'Agents don’t run yet: they read nothing and send nothing. We save your choice and tell you when it’s ready.',
  live: 'Your workspace is open. Home shows what to do next.',
  liveComing: 'Your workspace is open. What isn’t ready yet is marked below; we’ll tell you when it is.',
} as const;

/** "All 28 tools", "Up to 15 tools": a plan never promises more than the `offered` ones. */
export function planTools({ maxTools }: Pick<Plan, 'maxTools'>, offered: number): string {
  return maxTools >= offered
    ? `All ${countText(offered, 'tool', 'tools')}`
    : `Up to ${countText(maxTools, 'tool', 'tools')}`;
}

/** How many agents of the catalog a plan includes. */
export function planAgents({ maxAgents }: Pick<Plan, 'maxAgents'>): string {
  return countText(Math.min(maxAgents, agentCatalog.length), 'agent', 'agents');
}
