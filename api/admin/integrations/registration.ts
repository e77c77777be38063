import { credentialProblems, filledIn } from '../../../db/domain/integrations/credential-form.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import { serverRecord, type ToolServer } from '../../../db/domain/integrations/servers.ts';
import {
  clashingField,
  describeServer,
  type ServerDescription,
  newlyRequired,
  type Registration,
  type ServerSource,
} from '../../../db/domain/integrations/registration.ts';
import { requireMoreCredentials } from '../../../db/repos/integrations/connection-health.ts';
import { countConnected } from '../../../db/repos/integrations/connections.ts';
import * as registry from '../../../db/repos/integrations/servers.ts';
import { workflowId } from '../../../workflows/define.ts';
import { registerServerContract } from '../../../workflows/integrations/register-server.contract.ts';
import { registrationCopy } from '../../../templates/admin/integrations/copy/register.ts';
import type { RequestContext } from '../../kit/context.ts';
import { stageSecret } from '../../kit/stage-secret.ts';

/** Workflow id of the registration of a server, or of its change of source. */
export const registrationRun = (server: string) =>
  workflowId(PLATFORM_TENANT_ID, registerServerContract.name, server);

/** Fetches a new server and adds it to the registry; tenants do not see it yet. Throws `server.name-taken`. */
export async function register(
  context: RequestContext,
  { name, source, reason, ...description }: Registration & { reason: string },
): Promise<void> {
  assertNoClash(source.kind, description.fields);
  const known = await context.deps.db.inScope(context.overview(), async (tx) => {
    await registry.assertCategory(tx, description.category);
    return registry.findServer(tx, name);
  });
  if (known) throw new AppError('server.name-taken', { fields: { name: registrationCopy.nameTaken } });
  await start(context, { server: name, registration: description, source, reason });
}

/** Two fields can't be sent as the same variable or header. */
function assertNoClash(kind: ServerSource['kind'], fields: ServerDescription['fields']): void {
  const clash = clashingField(kind, fields);
  if (clash === undefined) return;
  const at = `fields.${clash}.sentAs`;
  throw new AppError('request.invalid', { fields: { [at]: registrationCopy.duplicateTarget } });
}

/**
 * Edits a third-party server. If connected tenants have to enter more credentials, `confirm` is needed: their
 * connections then need reconnecting. Throws `server.built-in`, `server.changed`, `request.invalid`.
 */
export async function editServer(
  context: RequestContext,
  name: string,
  {
    seenAt,
    confirm,
    reason,
    ...description
  }: ServerDescription & { seenAt: string; confirm: boolean; reason: string },
): Promise<void> {
  await context.deps.db.inScope(context.overview(), async (tx) => {
    const before = await registry.getServerToChange(tx, name);
    if (before.kind === 'builtin') throw new AppError('server.built-in');
    if (before.updatedAt.toISOString() !== seenAt) throw new AppError('server.changed');
    assertNoClash(before.kind, description.fields);
    const record = serverRecord.parse(describeServer(serverRecord.parse(before), description));
    const missing = newlyRequired(before.credentialFields, record.credentialFields);
    const connected = missing.length > 0 ? await countConnected(tx, name) : 0;
    if (connected > 0 && !confirm) {
      const confirmation = registrationCopy.confirmMissing(connected, missing);
      throw new AppError('request.invalid', { fields: { confirm: confirmation } });
    }
    await registry.updateServer(tx, record, reason);
    if (connected > 0) await requireMoreCredentials(tx, name);
  });
}

/** Fetches another version of a package, or another URL; the current source runs until its tools are read. */
export async function changeSource(
  context: RequestContext,
  server: string,
  { source, reason }: { source: ServerSource; reason: string },
): Promise<void> {
  const { kind } = await context.deps.db.inScope(context.overview(), (tx) => registry.getServer(tx, server));
  if (kind === 'builtin') throw new AppError('server.built-in');
  if (kind !== source.kind) throw new AppError('request.invalid', { text: registrationCopy.kindFixed });
  await start(context, { server, registration: null, source, reason });
}

async function start(
  context: RequestContext,
  request: {
    server: string;
    registration: ServerDescription | null;
    source: ServerSource;
    reason: string;
  },
): Promise<void> {
  const { processes } = context.deps;
  const actor = context.actor();
  const run = await processes.start(registerServerContract, { ...request, actor }, actor);
  await processes.update(registerServerContract, run.workflowId, 'fetched', null);
}

/** Runs the server with credentials that are deleted right after, and reads its tools. */
export async function readTools(
  context: RequestContext,
  server: string,
  values: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { credentialFields } = await context.deps.db.inScope(context.overview(), (tx) =>
    registry.getServer(tx, server),
  );
  const fields = credentialProblems(credentialFields, values);
  if (Object.keys(fields).length > 0) throw new AppError('request.invalid', { fields });
  const filled = filledIn(values);
  const { deps } = context;
  const run = registrationRun(server);
  const read = (secret: string | null) =>
    deps.processes.update(registerServerContract, run, 'readTools', { secret, by: context.actor() });
  if (Object.keys(filled).length === 0) {
    await read(null);
    return;
  }
  const taker = { tenantId: PLATFORM_TENANT_ID, run, refusals: ['run.ended', 'step.not-open'] as const };
  await stageSecret(deps, taker, filled, read);
}

export async function publish(context: RequestContext, server: string): Promise<void> {
  await context.deps.processes.update(registerServerContract, registrationRun(server), 'publish', {
    by: context.actor(),
  });
}

/** Discards a registration; if its process has ended, the server is removed directly. */
export async function discard(context: RequestContext, server: string, reason: string): Promise<void> {
  try {
    const by = context.actor();
    await context.deps.processes.update(registerServerContract, registrationRun(server), 'discard', {
      reason,
      by,
    });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'run.ended')) throw error;
    await context.deps.db.inScope(context.overview(), (tx) => registry.removeServer(tx, server, reason));
  }
}

/** Progress of the registration or the change of source; null when there is none. */
export async function readRegistration(
  context: RequestContext,
  { name, kind, credentialFields }: ToolServer,
) {
  if (kind === 'builtin' || !context.can('registry.manage')) return null;
  const found = await context.deps.processes.findProgress(registrationRun(name)).catch(() => null);
  if (!found?.open) return null;
  const { steps } = found.progress;
  const step = (key: string) => steps.find((one) => one.key === key);
  return {
    runId: found.runId,
    stage:
      step('fetch')?.state !== 'done'
        ? ('fetch' as const)
        : step('review')?.state === 'waiting'
          ? ('review' as const)
          : ('read' as const),
    problem: step('read')?.error?.message ?? null,
    fields: credentialFields,
  };
}
