import { z } from 'zod';
import { newId } from '../../db/domain/ids.ts';
import { responseTimeText } from '../../templates/ui/format.ts';
import {
  connectionTest,
  testConnectionContract,
} from '../../workflows/integrations/test-connection.contract.ts';
import type { RequestContext } from './context.ts';
import type { Flash } from './flash.ts';

/** How a test of a connection went, and what that means for whoever asked. */
export const testAnswer = connectionTest.omit({ problem: true }).extend({ message: z.string() });
type TestAnswer = z.infer<typeof testAnswer>;

const meanings = {
  works: (title: string, ms: number) => `${title} works. It answered in ${responseTimeText(ms)}.`,
  refused: (title: string) => `${title} no longer accepts our access. Connect it again.`,
  down: (title: string) =>
    `${title} does not answer at the moment. Your access is kept; try again in a few minutes.`,
  failed: (title: string, _ms: number, problem: string | null) =>
    `${title} answers, but not to what we asked. ${problem ?? ''}`.trim(),
} as const;

/** Asks a service of a tenant now. Who may, the caller has checked. Throws `connection.not-found`. */
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
  return { result, ms, message: meanings[result](title, ms, problem) };
}

export const flashOf = ({ result, message }: TestAnswer): Flash => ({
  kind: result === 'works' ? 'done' : 'problem',
  text: message,
});
