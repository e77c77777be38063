import { z } from 'zod';
import { AppError } from '../../db/domain/errors.ts';
import { newId } from '../../db/domain/ids.ts';
import type { ToolServer } from '../../db/domain/integrations/servers.ts';
import { testCopy } from '../../templates/client/integrations/copy.ts';
import {
  connectionTest,
  testConnectionContract,
} from '../../workflows/integrations/test-connection.contract.ts';
import type { RequestContext } from './context.ts';
import type { Flash } from './flash.ts';

/** The result of a connection test and the message for the person who ran it. */
export const testAnswer = connectionTest.omit({ problem: true }).extend({ message: z.string() });
type TestAnswer = z.infer<typeof testAnswer>;

/** A server that is off is not contacted. Throws `server.disabled`, `server.off`. */
export function assertUsable({ status, title }: Pick<ToolServer, 'status' | 'title'>): void {
  if (status === 'disabled') throw new AppError('server.disabled', { text: testCopy.turnedOff(title) });
  if (status === 'off') throw new AppError('server.off');
}

/** Tests a tenant's connection now; the caller has checked the permission. Throws `connection.not-found`. */
export async function testConnection(
  context: RequestContext,
  { tenantId, server, title }: { tenantId: string; server: string; title: string },
): Promise<TestAnswer> {
  const input = { tenantId, testId: newId('call'), server, actor: context.actor() };
  const { processes } = context.deps;
  const tested = await processes.startWithUpdate(
    testConnectionContract,
    input,
    context.actor(),
    'tested',
    null,
  );
  const { result, ms, problem } = tested;
  return { result, ms, message: testCopy[result](title, ms, problem) };
}

export const flashOf = ({ result, message }: TestAnswer): Flash => ({
  kind: result === 'works' ? 'done' : 'problem',
  text: message,
});
