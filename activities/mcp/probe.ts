import { AppError } from '../../db/domain/errors.ts';
import { vendorApi } from './kit/client.ts';
import { type Credentials, ownCredentials } from './kit/credentials.ts';
import { VendorError } from './kit/errors.ts';
import { openConnections } from './kit/network.ts';
import type { ServerDefinition } from './kit/server.ts';

const timeoutMs = 20_000;
const patienceMs = 3_000;

/**
 * Runs a server's probe with credentials that aren't connected yet. Returns the credentials, renewed if necessary.
 * Throws `connection.refused` with the vendor's message, or `tool.vendor-unavailable`.
 */
export async function probeWith(
  server: ServerDefinition,
  credentials: Credentials,
  { standIn, allowPrivateHosts }: { standIn: string | undefined; allowPrivateHosts: boolean },
): Promise<Credentials> {
  const tool = server.tools.find(({ name }) => name === server.probe.tool);
  if (!tool) throw new Error(`${server.name} has no probe`);
  const guarded = server.api.hostOfTenant === true && !standIn && !allowPrivateHosts;
  const through = openConnections({ guarded });
  const source = ownCredentials(credentials);
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const connection = { credentials: source, through, baseUrl: standIn };
    const api = await vendorApi(server, connection, { signal, patienceMs });
    await tool.run(tool.input.parse(server.probe.arguments), api);
    return await source.read();
  } catch (error) {
    if (!(error instanceof VendorError)) throw new AppError('tool.vendor-unavailable', { cause: error });
    if (error.retryable) {
      throw new AppError('tool.vendor-unavailable', {
        ...(error.retryAfterMs !== null && { retryAfterMs: error.retryAfterMs }),
      });
    }
    throw new AppError('connection.refused', { text: `${server.title}: ${error.message}` });
  } finally {
    await through.close();
  }
}
