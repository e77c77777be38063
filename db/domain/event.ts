import { approvalsEvents } from './approvals/events.ts';
import { auditEvents } from './audit/events.ts';
import { billingEvents } from './billing/events.ts';
import { identityEvents } from './identity/events.ts';
import { integrationsEvents } from './integrations/events.ts';
import { onboardingEvents } from './onboarding/events.ts';
import { peopleEvents } from './people/events.ts';
import { runsEvents } from './runs/events.ts';
import { settingsEvents } from './settings/events.ts';
import { tenantsEvents } from './tenants/events.ts';
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
  targets: EventTarget[];
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
