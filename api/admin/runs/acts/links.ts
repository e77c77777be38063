import { againCopy, messageCopy } from '../../../../templates/admin/runs/acts/copy.ts';
import { resetCopy } from '../../../../templates/admin/runs/acts/reset-copy.ts';
import type { RunLink } from '../../../../templates/admin/runs/run-types.ts';
import { paths } from '../../../../templates/paths.ts';
import type { RequestContext } from '../../../kit/context.ts';
import type { RunRead } from '../read.ts';
import { messagesOf } from './messages.ts';
import { canStartAgain } from './start-again.ts';

/** The acts on a run that have a page of their own, as far as the viewer may use them now. */
export function linksFor(context: RequestContext, { row, closedAt, isPaused }: RunRead): RunLink[] {
  const links: RunLink[] = [];
  const isOpen = closedAt === null && !isPaused;
  if (context.can('runs.control') && isOpen && messagesOf(row.process).length > 0) {
    const { title, hint } = messageCopy;
    links.push({ title, hint, icon: 'send', href: paths.runMessages(row.runId) });
  }
  if (context.can('processes.trigger') && canStartAgain(context, row.process)) {
    const { button: title, hint } = againCopy;
    links.push({ title, hint, icon: 'player-play', href: paths.runStartAgain(row.runId) });
  }
  if (context.can('runs.control')) {
    const { title, hint } = resetCopy;
    links.push({ title, hint, icon: 'history', href: paths.runReset(row.runId), danger: true });
  }
  return links;
}
