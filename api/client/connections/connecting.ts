import { AppError } from '../../../db/domain/errors.ts';
import { credentialProblems, filledIn } from '../../../db/domain/credential-form.ts';
import { newId } from '../../../db/domain/ids.ts';
import * as connections from '../../../db/repos/mcp-connections.ts';
import * as registry from '../../../db/repos/mcp-registry.ts';
import { connectServiceContract } from '../../../workflows/connect-service.contract.ts';
import { workflowId } from '../../../workflows/define.ts';
import { disconnectServiceContract } from '../../../workflows/disconnect-service.contract.ts';
import type { RequestContext } from '../../kit/context.ts';

type Values = Readonly<Record<string, unknown>>;

/** A service that this tenant may connect. Throws `server.not-found`, `server.off`. */
async function offered(context: RequestContext, server: string) {
  const found = await context.deps.db.inScope(context.tenant(), (tx) => registry.getServer(tx, server));
  if (found.status === 'review') throw new AppError('server.not-found');
  if (found.status === 'off' || found.status === 'disabled') throw new AppError('server.off');
  return found;
}

/**
 * Connects a service with the credentials of its form, after they have proved to work. They wait in the secret store;
 * the process gets only their name. Throws `request.invalid` with field messages, `connection.refused`.
 */
export async function connectByForm(context: RequestContext, server: string, values: Values) {
  const { credentialFields } = await offered(context, server);
  const fields = credentialProblems(credentialFields, values);
  if (Object.keys(fields).length > 0) throw new AppError('request.invalid', { fields });
  const filled = filledIn(values);
  if (credentialFields.length > 0 && Object.keys(filled).length === 0)
    throw new AppError('request.invalid', { text: 'Enter something.' });
  const { tenantId } = context.tenant();
  const secret = await context.deps.keepSecret(tenantId, filled);
  const input = { tenantId, connectId: newId('connection'), server, actor: context.actor(), secret };
  const { processes } = context.deps;
  return processes.startWithUpdate(connectServiceContract, input, context.actor(), 'connected', null);
}

/** Where the person goes to agree. Throws `oauth.failed`. */
export async function setOut(context: RequestContext, server: string): Promise<{ url: string }> {
  await offered(context, server);
  const { tenantId } = context.tenant();
  const input = { tenantId, connectId: newId('connection'), server, actor: context.actor(), secret: null };
  const { processes } = context.deps;
  return processes.startWithUpdate(connectServiceContract, input, context.actor(), 'whereToAgree', null);
}

/** The person is back from the service with what its address says. Throws `oauth.failed`, `connection.refused`. */
export async function comeBack(context: RequestContext, server: string, values: Record<string, string>) {
  const [connectId = ''] = (values['state'] ?? '').split('.');
  if (values['error'] || !values['code'] || !connectId) {
    const denied = values['error'] === 'access_denied';
    throw new AppError(
      'oauth.failed',
      denied ? { text: 'You did not agree, so nothing was connected.' } : {},
    );
  }
  const { tenantId } = context.tenant();
  const secret = await context.deps.keepSecret(tenantId, values);
  const run = workflowId(tenantId, connectServiceContract.name, connectId);
  const { processes } = context.deps;
  try {
    const back = { secret, server, by: context.actor() };
    return await processes.update(connectServiceContract, run, 'agreed', back);
  } catch (error) {
    // Nobody waited for it: the way back was used, is too old, or is somebody else's.
    if (error instanceof AppError && ['oauth.failed', 'run.ended'].includes(error.code)) {
      await context.deps.dropSecret(tenantId, secret);
    }
    throw error;
  }
}

/** Ends a connection, after the service was asked to forget our access. Throws `connection.not-found`. */
export async function disconnectService(
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
  return processes.startWithUpdate(disconnectServiceContract, input, context.actor(), 'disconnected', null);
}
