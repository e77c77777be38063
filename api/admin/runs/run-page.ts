import { RunPage } from '../../../templates/admin/runs/run.tsx';
import type { RefusedAction } from '../../../templates/admin/runs/run-types.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { linksFor } from './acts/links.ts';
import { readRelatives } from './acts/lineage.ts';
import { readEvents, readRun } from './read.ts';
import { readTab, type TabQuery } from './tabs.ts';
import { liveProps } from './view.ts';

/** The page of a visible run; after a refused act with its dialog open. */
export async function runPage(
  context: RequestContext,
  runId: string,
  query: TabQuery,
  refused?: RefusedAction,
) {
  const run = await readRun(context, runId);
  const events = await readEvents(context, run);
  const frame = pageContextOf(context);
  const tab = await readTab(context, run, events, query);
  return RunPage({
    ...liveProps(context, frame, run, events, { tab: tab.key, step: query.step }),
    tab,
    links: linksFor(context, run),
    relatives: await readRelatives(context, run, events ?? []),
    ...(refused && { refused }),
  });
}
