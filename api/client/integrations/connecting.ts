import { AppError, type ErrorCode } from '../../../db/domain/errors.ts';
import { credentialProblems, filledIn } from '../../../db/domain/integrations/credential-form.ts';
import { newId } from '../../../db/domain/ids.ts';
import * as connections from '../../../db/repos/integrations/connections.ts';
import * as registry from '../../../db/repos/integrations/servers.ts';
import { connectServerContract } from '../../../workflows/integrations/connect-server.contract.ts';
import { workflowId } from '../../../workflows/define.ts';
import { disconnectServerContract } from '../../../workflows/integrations/disconnect-server.contract.ts';
import { connectCopy } from '../../../templates/client/integrations/copy.ts';
import type { RequestContext } from '../../kit/context.ts';
import { stageSecret } from '../../kit/stage-secret.ts';
import { ownPageOf } from '../../kit/return-to.ts';

type Values = Readonly<Record<string, unknown>>;

const outages: readonly ErrorCode[] = ['tool.vendor-unavailable', 'tool.timeout'];

const runOf = (tenantId: string, connectId: string) =>
  workflowId(tenantId, connectServerContract.name, connectId);

/** A server that this tenant may connect. Throws `server.not-found`, `server.disabled`, `server.off`. */
async function offered(context: RequestContext, server: string) {
  const found = await context.deps.db.inScope(context.tenant(), (tx) => registry.getServer(tx, server));
  if (found.status === 'review') throw new AppError('server.not-found');
  if (found.status === 'disabled') throw new AppError('server.disabled');
  if (found.status === 'off') throw new AppError('server.off');
  return found;
}

/** Names the vendor that can't be reached: "the service" tells little. */
function namingVendor(title: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof AppError) || !outages.includes(error.code)) throw error;
    throw new AppError(error.code, { text: connectCopy.unreachable(title), cause: error });
  };
}

/**
 * Connects a server with the credentials of its form, after a test. They are staged in the secret store;
 * the process gets only their name. Throws `request.invalid` with field messages, `connection.refused`.
 */
export async function connectByForm(context: RequestContext, server: string, values: Values) {
  const { credentialFields, title } = await offered(context, server);
  const fields = credentialProblems(credentialFields, values);
  if (Object.keys(fields).length > 0) throw new AppError('request.invalid', { fields });
  const filled = filledIn(values);
  if (credentialFields.length > 0 && Object.keys(filled).length === 0)
    throw new AppError('request.invalid', { text: connectCopy.enterCredentials });
  const { tenantId } = context.tenant();
  const { processes } = context.deps;
  const asked = { tenantId, connectId: newId('connection'), server, actor: context.actor() };
  const taker = { tenantId, run: runOf(tenantId, asked.connectId), refusals: [] };
  context.response.locals['workflowId'] = taker.run;
  const answer = await stageSecret(context.deps, taker, filled, (secret) =>
    processes.startWithUpdate(
      connectServerContract,
      { ...asked, secret },
      context.actor(),
      'connected',
      null,
    ),
  ).catch(namingVendor(title));
  return { ...answer, title };
}

/** The vendor's authorization URL; `back` is the page to return to after the callback. Throws `oauth.failed`. */
export async function startOAuth(
  context: RequestContext,
  server: string,
  back: string | null,
): Promise<{ url: string }> {
  const { title } = await offered(context, server);
  const { tenantId } = context.tenant();
  const input = {
    tenantId,
    connectId: newId('connection'),
    server,
    actor: context.actor(),
    secret: null,
    ...(back !== null && { returnTo: back }),
  };
  const { processes } = context.deps;
  return processes
    .startWithUpdate(connectServerContract, input, context.actor(), 'authorizationUrl', null)
    .catch(namingVendor(title));
}

/** The page to return to, read from the OAuth state; null if it is not a page of this portal. */
export function callbackFrom(values: Record<string, string>): string | null {
  const [, , back = ''] = (values['state'] ?? '').split('.');
  return ownPageOf(Buffer.from(back, 'base64url').toString());
}

/** Completes OAuth with the query of the callback. Throws `oauth.failed`, `connection.refused`. */
export async function handleCallback(
  context: RequestContext,
  server: string,
  values: Record<string, string>,
) {
  const [connectId = ''] = (values['state'] ?? '').split('.');
  if (values['error'] || !values['code'] || !connectId) {
    const denied = values['error'] === 'access_denied';
    throw new AppError('oauth.failed', denied ? { text: connectCopy.denied } : {});
  }
  const { tenantId } = context.tenant();
  const run = runOf(tenantId, connectId);
  context.response.locals['workflowId'] = run;
  // A callback that was used, is too old or belongs to another tenant finds no waiting process.
  const taker = { tenantId, run, refusals: ['oauth.failed', 'run.ended'] as const };
  const answer = await stageSecret(context.deps, taker, values, (secret) =>
    context.deps.processes.update(connectServerContract, run, 'authorized', {
      secret,
      server,
      by: context.actor(),
    }),
  );
  const { title } = await context.deps.db.inScope(context.tenant(), (tx) => registry.getServer(tx, server));
  return { ...answer, title };
}

/** Ends a connection, after the vendor was asked to revoke our access. Throws `connection.not-found`. */
export async function disconnectServer(
  context: RequestContext,
  server: string,
): Promise<{ revoked: boolean }> {
  const scope = context.tenant();
  const found = await context.deps.db.inScope(scope, (tx) => connections.findConnection(tx, server));
  if (!found || found.status === 'disconnected') throw new AppError('connection.not-found');
  const input = {
    tenantId: scope.tenantId,
    server,
    version: found.credentialVersion,
    actor: context.actor(),
  };
  const { processes } = context.deps;
  return processes.startWithUpdate(disconnectServerContract, input, context.actor(), 'disconnected', null);
}
