import type { Actor } from '../../../db/domain/actor.ts';
import type { Tx } from '../../../db/scope.ts';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import * as people from '../../../db/repos/people/people.ts';
import type { TenantRef } from '../../../templates/ui/tenant-link.tsx';
import { contracts } from '../../../workflows/contracts.ts';

/** What people call a process. */
export function processTitle(process: string): string {
  return contracts[process]?.title ?? process;
}

/** What people call a step of a process. */
export function stepTitle(process: string, step: string): string {
  return contracts[process]?.steps.find(({ key }) => key === step)?.title ?? step;
}

/** Title of the MCP server a run is about; null where it is about none. */
export function serverTitleOf(
  { process, subject }: { process: string; subject: string },
  titles: ReadonlyMap<string, string>,
): string | null {
  return contracts[process]?.about === 'server' ? (titles.get(subject) ?? subject) : null;
}

/** "Onboarding of Rivera Bakery": a run by its process and whom it is for. */
export function runTitle(process: string, tenantName: string | null): string {
  const title = processTitle(process);
  return tenantName ? `${title} of ${tenantName}` : title;
}

/** The tenant of a row; null for what belongs to the platform itself. */
export function tenantRef(row: { tenantId: string; tenantName: string | null }): TenantRef | null {
  return row.tenantId === PLATFORM_TENANT_ID ? null : { id: row.tenantId, name: row.tenantName };
}

/** Who acted, in words: a person's name, or the platform where it acted automatically. */
export function actorLabel(actor: Actor, name: string | null | undefined): string {
  if (actor.type === 'user') return name ?? 'A former user';
  if (actor.type === 'workflow') return 'A process of the platform';
  if (actor.type === 'agent') return 'An agent';
  if (actor.type === 'apikey') return 'An API key';
  return actor.id === 'anonymous' ? 'A visitor who isn’t signed in' : 'The platform';
}

/** Who started a run. */
export async function starterName(tx: Tx, actorId: string | null): Promise<string> {
  if (!actorId) return 'The platform';
  const found = await people.names(tx, [actorId]);
  return found.get(actorId) ?? 'A former user';
}

/** Says of an event which administrator did it while viewing as its actor; undefined where none did. */
export async function viaLabels(
  tx: Tx,
  events: readonly { impersonatorId: string | null }[],
): Promise<(event: { impersonatorId: string | null }) => string | undefined> {
  const ids = [...new Set(events.flatMap(({ impersonatorId }) => impersonatorId ?? []))];
  const names = await people.names(tx, ids);
  return ({ impersonatorId }) =>
    impersonatorId === null ? undefined : `via ${names.get(impersonatorId) ?? 'an administrator'}`;
}
