import { z } from 'zod';
import {
  accessActions,
  type AccessKind,
  accessKindOf,
  accessKinds,
} from '../../../db/domain/audit/access-log.ts';
import { eventSubjects } from '../../../db/domain/event.ts';
import { deviceName } from '../../../db/domain/identity/device.ts';
import { dayMs } from '../../../db/domain/time.ts';
import * as events from '../../../db/repos/audit/events.ts';
import * as people from '../../../db/repos/people/people.ts';
import type { Scope } from '../../../db/scope.ts';
import type { AccessRow } from '../../../templates/ui/access-table.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { everyPage, sendCsv } from '../../kit/csv.ts';

/** Forms send their empty fields too. */
const orMissing = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const day = orMissing(z.iso.date().transform((text) => new Date(`${text}T00:00:00Z`)));

/** What both access logs are filtered by. */
export const accessQuery = z.object({
  kind: orMissing(z.enum(accessKinds)),
  person: orMissing(z.string().trim().max(200)),
  outcome: orMissing(z.enum(['success', 'failure', 'denied'])),
  from: day,
  to: day,
  cursor: orMissing(z.string().max(500)),
});
export type AccessQuery = z.output<typeof accessQuery>;

/** One line of an access log as JSON. */
export const accessItem = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.enum(accessKinds),
  action: z.string(),
  person: z.string(),
  by: z.string().nullable(),
  tenantId: z.string(),
  tenantName: z.string().nullable(),
  ip: z.string().nullable(),
  device: z.string().nullable(),
  outcome: z.enum(['success', 'failure', 'denied']),
});

/** Whose log it is, and how people outside of it are called there. */
export interface AccessView {
  scope: Scope;
  tenantId?: string | undefined;
  /** Name of a person who acted and is out of the viewer's reach; their address and device are not shown. */
  outside: string;
}

type Line = AccessRow & { tenantId: string };

interface Names {
  view: AccessView;
  known: ReadonlyMap<string, string>;
}

/** Who acted where it is not a person: a key, a process, or the platform. */
const actorTitles: Readonly<Record<string, string>> = {
  apikey: 'An API key',
  agent: 'An agent',
  workflow: 'A process of the platform',
};

function actorOf(event: events.ListedEvent, { known, view }: Names): string | null {
  const { type, id } = event.actor;
  if (type === 'user') return known.get(id) ?? view.outside;
  if (id === 'anonymous') return null;
  return actorTitles[type] ?? 'The platform';
}

/** Whom it is about: the person it names or who is viewed as, else the account that was typed, else who acted. */
function personOf(event: events.ListedEvent, names: Names): { person: string; by: string | null } {
  const actor = actorOf(event, names);
  const target = event.targets.find(({ type }) => type === 'user')?.id;
  const { impersonatorId: viewer } = event;
  if (viewer)
    return {
      person: names.known.get(target ?? event.actor.id) ?? 'A person who is no longer here',
      by: names.known.get(viewer) ?? names.view.outside,
    };
  const account = event.data['account'];
  if (target && target !== event.actor.id)
    return { person: names.known.get(target) ?? 'A person who is no longer here', by: actor };
  if (typeof account === 'string') return { person: account, by: null };
  return { person: actor ?? 'A visitor who isn’t signed in', by: null };
}

function subjectOf({ data }: events.ListedEvent): string | null {
  for (const [fact, label] of Object.entries(eventSubjects)) {
    const value = data[fact];
    if (fact !== 'account' && typeof value === 'string') return label(value);
  }
  return null;
}

function toLine(event: events.ListedEvent, names: Names): Line {
  const { id, action, outcome, context, tenantId, tenantName, actor, impersonatorId } = event;
  // In a view as another person, the address and device are those of the administrator.
  const isOutside = actor.type === 'user' && !names.known.has(impersonatorId ?? actor.id);
  return {
    ...{ id, action, outcome, tenantId, tenantName },
    at: event.occurredAt,
    kind: accessKindOf(action) as AccessKind,
    ...personOf(event, names),
    subject: subjectOf(event),
    ip: isOutside ? null : (context.ip ?? null),
    device: isOutside || !context.userAgent ? null : deviceName(context.userAgent),
  };
}

/** A page of an access log, newest first. */
export async function readAccess(
  context: RequestContext,
  view: AccessView,
  { kind, person, outcome, from, to, cursor }: AccessQuery,
  limit: number,
): Promise<{ items: Line[]; nextCursor: string | null }> {
  return context.deps.db.inScope(view.scope, async (tx) => {
    const page = await events.list(tx, {
      actions: accessActions(kind),
      tenantId: view.tenantId,
      about: person,
      ...{ outcome, from, cursor, limit },
      // The last day counts as a whole.
      to: to && new Date(to.getTime() + dayMs),
    });
    const ids = page.items.flatMap(({ actor, targets, impersonatorId }) => [
      ...(actor.type === 'user' ? [actor.id] : []),
      ...(impersonatorId ? [impersonatorId] : []),
      ...targets.flatMap(({ type, id }) => (type === 'user' ? [id] : [])),
    ]);
    const known = await people.names(tx, [...new Set(ids)]);
    return { ...page, items: page.items.map((event) => toLine(event, { view, known })) };
  });
}

const columns = [
  ...['id', 'at', 'kind', 'action', 'person', 'by', 'tenantId', 'tenant', 'ip', 'device', 'outcome'],
] as const;
const batch = 200;

/** Streams an access log as CSV. */
export async function sendAccessCsv(
  context: RequestContext,
  view: AccessView,
  query: AccessQuery,
  filename: string,
): Promise<void> {
  async function* rows() {
    for await (const lines of everyPage((cursor) => readAccess(context, view, { ...query, cursor }, batch)))
      yield lines.map((line) => [
        ...[line.id, line.at, line.kind, line.action, line.person, line.by],
        ...[line.tenantId, line.tenantName, line.ip, line.device, line.outcome],
      ]);
  }
  await sendCsv(context, filename, columns, rows());
}
