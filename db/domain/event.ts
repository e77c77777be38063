import { approvalsEvents, approvalsTargets } from './approvals/events.ts';
import { auditEvents, auditTargets } from './audit/events.ts';
import { billingEvents, billingSubjects, billingTargets } from './billing/events.ts';
import { identityEvents, identitySubjects, identityTargets } from './identity/events.ts';
import { integrationsEvents, integrationsTargets } from './integrations/events.ts';
import { onboardingEvents, onboardingSubjects } from './onboarding/events.ts';
import { peopleEvents, peopleSubjects, peopleTargets } from './people/events.ts';
import { runsEvents, runsTargets } from './runs/events.ts';
import { settingsEvents, settingsSubjects, settingsTargets } from './settings/events.ts';
import { tenantsEvents, tenantsTargets } from './tenants/events.ts';
import type { ActContext, Actor } from './actor.ts';

/** Every event action, as `noun.verb-past`. An action that isn't here can't be recorded. */
export const eventActions = {
  ...approvalsEvents,
  ...auditEvents,
  ...billingEvents,
  ...identityEvents,
  ...integrationsEvents,
  ...onboardingEvents,
  ...peopleEvents,
  ...runsEvents,
  ...settingsEvents,
  ...tenantsEvents,
} as const;
export type EventAction = keyof typeof eventActions;

const actions = Object.keys(eventActions) as EventAction[];
const kindOf = (action: string): string => action.slice(0, action.indexOf('.'));

/** What events are about, as lists filter by: the part of their actions before the dot, each once, in order. */
export const eventKinds: readonly string[] = [...new Set(actions.map(kindOf))].sort();

/** "second-factor" → "Second factor". */
export const eventKindTitle = (kind: string): string =>
  (kind.charAt(0).toUpperCase() + kind.slice(1)).replaceAll('-', ' ');

/** The actions of a kind; a single action is its own. */
export const actionsOfKind = (kind: string): EventAction[] =>
  actions.filter((action) => action === kind || kindOf(action) === kind);

/** Everything an event can be about, with the noun people read where it has no name. */
export const targetNouns = {
  ...approvalsTargets,
  ...auditTargets,
  ...billingTargets,
  ...identityTargets,
  ...integrationsTargets,
  ...peopleTargets,
  ...runsTargets,
  ...settingsTargets,
  ...tenantsTargets,
} as const;
export type TargetType = keyof typeof targetNouns;

/**
 * Facts of an event that say what it is about, in the order in which they count: "Step: Website" for the step
 * `website`.
 */
export const eventSubjects: Readonly<Record<string, (value: string) => string>> = {
  ...onboardingSubjects,
  ...billingSubjects,
  ...identitySubjects,
  ...peopleSubjects,
  ...settingsSubjects,
};

export interface EventTarget {
  type: string;
  id: string;
}

/** What a repo or activity records; who and where come from the transaction. */
export interface NewEvent {
  /** A new one unless given; one that is given is stored once. */
  id?: string;
  action: EventAction;
  outcome?: 'success' | 'failure' | 'denied';
  targets: readonly { type: TargetType; id: string }[];
  /** Facts of the change, redacted: no secrets, no card or contact data. */
  data?: Record<string, string | number | boolean | null>;
}

/** An event as hashed and stored. `body` fields are what the hash covers. */
export interface EventBody {
  id: string;
  tenantId: string;
  occurredAt: string;
  action: EventAction;
  outcome: 'success' | 'failure' | 'denied';
  actor: Actor;
  impersonatorId: string | null;
  targets: EventTarget[];
  data: Record<string, string | number | boolean | null>;
  context: ActContext;
  schemaVersion: 1;
}
