import type { ActContext, Actor } from './actor.ts';

/** Everything that can happen, as `noun.verb-past`. An action that is not here cannot be recorded. */
export const eventActions = {
  'tenant.created': 'Signed up',
  'tenant.activated': 'Went live',
  'tenant.abandoned': 'Unfinished sign-up closed',
  'tenant.updated': 'Business details changed',
  'user.created': 'Account created',
  'user.removed': 'Account removed',
  'user.email-verified': 'E-mail address confirmed',
  'session.opened': 'Signed in',
  'session.refused': 'Sign-in refused',
  'session.closed': 'Signed out',
  'membership.created': 'Joined the team',
  'onboarding.step-completed': 'Set-up step completed',
  'onboarding.step-skipped': 'Set-up step skipped',
  'onboarding.step-reopened': 'Set-up step opened again',
  'onboarding.reminded': 'Reminder sent by hand',
  'onboarding.extended': 'Set-up deadline extended',
  'subscription.activated': 'Subscription started',
  'subscription.cancelled': 'Subscription cancelled',
  'payment.succeeded': 'Payment received',
  'payment.declined': 'Payment declined',
  'payment.refunded': 'Payment refunded',
  'invoice.finalised': 'Invoice issued',
  'invoice.voided': 'Invoice voided',
  'mail.sent': 'E-mail sent',
  'mail.refused': 'E-mail refused by its address',
  'invitation.created': 'Person invited',
  'invitation.accepted': 'Invitation accepted',
  'invitation.expired': 'Invitation expired',
  'invitation.revoked': 'Invitation withdrawn',
  'run.triggered': 'Process started by hand',
  'run.step-retried': 'Step tried again',
  'run.step-skipped': 'Step skipped',
  'run.step-failed': 'Step given up',
  'run.cancelled': 'Process cancelled',
  'run.terminated': 'Process terminated',
  'secret.stored': 'Secret stored',
  'secret.removed': 'Secret removed',
  'server.added': 'Service added to the registry',
  'server.updated': 'Service changed in the registry',
  'server.offered': 'Service offered to tenants',
  'server.removed': 'Service removed from the registry',
  'server.synced': 'Tools of a service brought up to date',
  'server.featured': 'Service featured',
  'server.unfeatured': 'Service no longer featured',
  'server.enabled': 'Service enabled',
  'server.disabled': 'Service disabled',
  'server.deprecated': 'Service announced to end',
  'server.undeprecated': 'End of a service called off',
  'server.ended': 'Service turned off',
  'category.saved': 'Category of services saved',
  'category.removed': 'Category of services removed',
  'server.failed': 'Service stopped answering',
  'server.recovered': 'Service answers again',
  'server.registered': 'Platform registered at a service',
  'tool.approved': 'Changed tool approved',
  'tool.quarantined': 'Tool set aside',
  'tool.called': 'Tool used',
  'connection.started': 'Connection begun',
  'connection.opened': 'Service connected',
  'connection.renewed': 'Access to a service renewed',
  'connection.lost': 'Service no longer accepts our access',
  'connection.recovered': 'Service accepts our access again',
  'connection.tested': 'Connection tested',
  'connection.secret-revealed': 'Secret of a service revealed once',
  'connection.ended': 'Service disconnected',
  'grant.added': 'Tool given',
  'grant.removed': 'Tool taken away',
  'approval.requested': 'Approval asked for',
  'approval.approved': 'Approved',
  'approval.denied': 'Not approved',
  'approval.used': 'Approval used',
  'approval.expired': 'Nobody approved in time',
  'webhook.received': 'Notice of a service received',
  'view.saved': 'View of a list saved',
  'view.renamed': 'View of a list renamed',
  'view.removed': 'View of a list removed',
  'house.kept': 'Old records removed',
  'permission.refused': 'Refused for missing permission',
} as const;
export type EventAction = keyof typeof eventActions;

export interface EventTarget {
  type: string;
  id: string;
}

/** What a repo or activity records; who and where come from the transaction. */
export interface NewEvent {
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
