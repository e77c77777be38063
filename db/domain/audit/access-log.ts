import { type EventAction, eventActions } from '../event.ts';

/** Kinds of events of the access log, with the start of the actions of each; an action is of the first that fits. */
const starts = {
  signIn: ['session.opened', 'session.switched'],
  refused: ['session.refused'],
  signOut: ['session.closed'],
  ended: ['session.'],
  denied: ['permission.refused'],
  keys: ['key.', 'apikey.'],
  administration: [
    ...['membership.', 'invitation.', 'ownership.', 'user.', 'people.', 'role.', 'permission.'],
    ...['impersonation.', 'factor.', 'password.', 'setting.', 'provider.', 'partner.', 'audit.', 'access.'],
  ],
} as const;

export type AccessKind = keyof typeof starts;
export const accessKinds = Object.keys(starts) as [AccessKind, ...AccessKind[]];

/** The kind of an action; null for one that is no matter of access. */
export function accessKindOf(action: string): AccessKind | null {
  return accessKinds.find((kind) => starts[kind].some((start) => action.startsWith(start))) ?? null;
}

const allActions = Object.keys(eventActions) as EventAction[];

/** Actions of one kind, or of all kinds. */
export function accessActions(kind?: AccessKind): EventAction[] {
  return allActions.filter((action) => {
    const own = accessKindOf(action);
    return own !== null && (kind === undefined || own === kind);
  });
}
