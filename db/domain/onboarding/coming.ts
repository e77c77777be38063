import type { OnboardingChoices } from './submissions.ts';

type Choices = Partial<OnboardingChoices>;

/**
 * Steps that take a choice although its system isn't built: the choice is stored, nothing is set up, and the tenant is
 * told when it's ready. A system that is built leaves this table, and every page and email follows.
 */
const asksFor = {
  website: ({ website }: Choices) => website?.mode === 'new',
  agents: ({ agents }: Choices) => (agents?.agents.length ?? 0) > 0,
} as const;

export type ComingStep = keyof typeof asksFor;
export const comingSteps = Object.keys(asksFor) as readonly ComingStep[];

/** What people call the system a step waits for. */
export const comingSystems = {
  website: 'the website builder',
  agents: 'the agents',
} as const satisfies Record<ComingStep, string>;

/** The steps in which a tenant chose what is still to come. */
export function comingChoices(choices: Choices): readonly ComingStep[] {
  return comingSteps.filter((step) => asksFor[step](choices));
}
