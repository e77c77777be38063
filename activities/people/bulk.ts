import { personBehind } from '../../db/domain/actor.ts';
import { bulkOperations } from '../../db/domain/bulk.ts';
import { AppError } from '../../db/domain/errors.ts';
import { idFromKey } from '../../db/domain/ids.ts';
import { type PeopleBulkKey, peopleChangeOf } from '../../db/domain/people/bulk.ts';
import { type PeopleChange, whyUnchanged } from '../../db/domain/people/change.ts';
import type { Feature } from '../../db/domain/people/features.ts';
import type { TenantRole } from '../../db/domain/roles.ts';
import * as sessions from '../../db/repos/identity/sessions.ts';
import * as accounts from '../../db/repos/people/accounts.ts';
import { tenantIn, within } from '../../db/repos/people/bulk.ts';
import * as members from '../../db/repos/people/members.ts';
import * as people from '../../db/repos/people/people.ts';
import type { Tx } from '../../db/scope.ts';
import type { Deps } from '../deps.ts';
import { type BatchRequest, type BatchResult, type Turn, workInside } from '../shared/bulk.ts';
import { reachOf } from '../shared/reach.ts';

/** A membership as it was. */
interface Before {
  tenantId: string;
  role: TenantRole;
  customRoleId: string | null;
}
interface About {
  userId: string;
  by: string;
  reason: string;
  eventId: string;
}

/** One order for all, so that two transactions never wait for each other. */
const inOrder = (memberships: readonly people.PersonMembership[]) =>
  [...memberships].sort((a, b) => (a.tenantId < b.tenantId ? -1 : 1));

async function setFeature(
  tx: Tx,
  tenantId: string,
  about: About,
  { feature, on }: { feature: Feature; on: boolean },
): Promise<boolean> {
  return members.setFeatures(tx, tenantId, {
    ...about,
    platform: true,
    off: (now) => (on ? now.filter((one) => one !== feature) : [...now, feature]),
  });
}

/** Makes the change; answers with the memberships that it changed, as they were. */
async function change(
  tx: Tx,
  person: people.Person,
  asked: PeopleChange,
  about: About,
): Promise<Before[] | null> {
  if (asked.kind !== 'role' && asked.kind !== 'feature') {
    const status = asked.kind === 'suspend' ? 'suspended' : 'active';
    return (await accounts.setStatus(tx, { ...about, status })) ? [] : null;
  }
  const changed: Before[] = [];
  for (const { tenantId, role, customRoleId } of inOrder(person.memberships)) {
    const isChanged =
      asked.kind === 'role'
        ? await members.changeRole(tx, tenantId, { ...about, platform: true, role: asked.role })
        : await setFeature(tx, tenantId, about, asked);
    if (isChanged) changed.push({ tenantId, role, customRoleId });
  }
  return changed.length > 0 ? changed : null;
}

/** Ends the sessions of a person. Throws `people.unchanged` where there are none, `member.own-role`. */
async function endSessions(tx: Tx, { userId, by, reason, eventId }: About): Promise<void> {
  if (userId === by) throw new AppError('member.own-role');
  const ended = await sessions.endOfPerson(tx, userId, 'revoked');
  if (ended === 0) throw new AppError('people.unchanged');
  tx.record({
    id: eventId,
    action: 'session.revoked',
    targets: [{ type: 'user', id: userId }],
    data: { reason, sessions: ended },
  });
}

/** Puts back what a change left behind. Throws `bulk.changed-since` where it is no longer as the change left it. */
async function undo(
  tx: Tx,
  person: people.Person,
  asked: PeopleChange,
  about: About,
  changed: readonly Before[],
): Promise<void> {
  if (asked.kind !== 'role' && asked.kind !== 'feature') {
    const status = asked.kind === 'suspend' ? 'active' : 'suspended';
    if (!(await accounts.setStatus(tx, { ...about, status }))) throw new AppError('bulk.changed-since');
    return;
  }
  let isUndone = false;
  for (const { tenantId, role, customRoleId } of changed) {
    const now = person.memberships.find((one) => one.tenantId === tenantId);
    if (!now) continue;
    if (asked.kind === 'feature')
      isUndone = (await setFeature(tx, tenantId, about, { ...asked, on: !asked.on })) || isUndone;
    else if (now.role === asked.role && now.customRoleId === null)
      isUndone =
        (await members.changeRole(tx, tenantId, { ...about, platform: true, role, customRoleId })) ||
        isUndone;
  }
  if (!isUndone) throw new AppError('bulk.changed-since');
}

async function work(tx: Tx, { operation, item }: Turn): Promise<Record<string, unknown> | null> {
  const { id, parameters, actor, reason, round } = operation;
  await reachOf(tx, actor, bulkOperations[operation.operation].permission);
  const asked = peopleChangeOf(operation.operation as PeopleBulkKey, parameters);
  const about = {
    userId: item.itemId,
    by: personBehind(actor),
    reason,
    eventId: await idFromKey('event', `${id}/${item.itemId}/${round}`),
  };
  const person = await people.get(tx, item.itemId);
  if (!asked) {
    await endSessions(tx, about);
    return null;
  }
  if (item.state === 'undoing') {
    const { changed = [] } = (item.before ?? {}) as { changed?: Before[] };
    await undo(tx, person, asked, about, changed);
    return null;
  }
  const affected = within(person, tenantIn(parameters));
  const why = whyUnchanged(affected, asked, about.by);
  if (why) throw new AppError(why);
  const changed = await change(tx, affected, asked, about);
  if (!changed) throw new AppError('people.unchanged');
  return { changed };
}

/** Changes of many people at once. */
export function peopleBulkActivities(deps: Deps) {
  return {
    /** Changes the next people of an operation, each in one transaction with its events. */
    changePeopleInBulk: (request: BatchRequest): Promise<BatchResult> => workInside(deps, request, work),
  };
}
