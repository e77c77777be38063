import { AppError } from '../../../../db/domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../../../db/domain/ids.ts';
import * as people from '../../../../db/repos/people/people.ts';
import * as templateRuns from '../../../../db/repos/runs/templates/template-runs.ts';
import type { TemplateVersion } from '../../../../db/repos/runs/templates/templates.ts';
import type { Tx } from '../../../../db/scope.ts';
import { templatesCopy } from '../../../../templates/shared/workflow-templates/copy.ts';
import type { TemplateRow } from '../../../../templates/shared/workflow-templates/list.tsx';
import type { TemplateRun } from '../../../../templates/shared/workflow-templates/runs.tsx';
import type { VersionRow } from '../../../../templates/shared/workflow-templates/versions.tsx';
import type { StateOf } from '../../../../templates/ui/status.ts';
import type { StepItem } from '../../../../templates/ui/step-list.tsx';
import type { RequestContext } from '../../../kit/context.ts';
import { toAppError } from '../../../kit/errors.ts';
import type { Seen } from '../home.ts';

/** Reads within the viewer’s business, or all that an administrator reaches. */
export function readSeen<T>(context: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> {
  const scope = context.person().tenant ? context.tenant() : context.overview();
  return context.deps.db.inScope({ ...scope, readOnly: true }, work);
}

export const stateOf = ({ liveVersion, changed }: Seen): StateOf<'template'> =>
  liveVersion === null ? 'draft' : changed ? 'changed' : 'live';

/** Who made something, in words. */
function nameOf(
  { origin, createdBy }: Pick<Seen, 'origin' | 'createdBy'>,
  names: ReadonlyMap<string, string>,
) {
  if (origin !== 'own') return templatesCopy.origin[origin];
  return names.get(createdBy ?? '') ?? templatesCopy.gone;
}

const idsOf = (all: readonly { createdBy: string | null }[]): string[] => [
  ...new Set(all.flatMap(({ createdBy }) => (createdBy === null ? [] : [createdBy]))),
];

/** Rows of the list, with who made each and its last run. */
export async function rowsOf(context: RequestContext, all: readonly Seen[]): Promise<TemplateRow[]> {
  const own = all.filter(({ origin }) => origin === 'own');
  const [names, runs] = await readSeen(context, async (tx) => [
    await people.names(tx, idsOf(own)),
    await templateRuns.newestRuns(
      tx,
      own.map(({ id }) => id),
    ),
  ]);
  return all.map((one) => {
    const { id, title, summary, origin, newestVersion, liveVersion, liveLabel, updatedAt } = one;
    const run = runs.get(id);
    return {
      ...{ id, title, summary, origin },
      state: stateOf(one),
      version: liveVersion ?? newestVersion,
      label: liveLabel,
      by: nameOf(one, names),
      updatedAt: updatedAt?.toISOString() ?? null,
      lastRun: run ? { ...run, startedAt: run.startedAt.toISOString() } : null,
    };
  });
}

export async function versionRows(
  context: RequestContext,
  { liveVersion }: Seen,
  versions: readonly TemplateVersion[],
): Promise<VersionRow[]> {
  const names = await readSeen(context, (tx) => people.names(tx, idsOf(versions)));
  return versions.map(({ version, label, repeats, createdBy, createdAt, publishedAt }) => ({
    ...{ version, label, repeats },
    state: version === liveVersion ? 'live' : publishedAt ? 'published' : 'draft',
    by: names.get(createdBy) ?? templatesCopy.gone,
    createdAt: createdAt.toISOString(),
  }));
}

const mostRuns = 50;

const toRun = (context: RequestContext, run: templateRuns.TemplateRun): TemplateRun => ({
  runId: run.runId,
  state: run.state,
  startedAt: run.startedAt.toISOString(),
  closedAt: run.closedAt?.toISOString() ?? null,
  version: run.version === null ? null : String(run.version),
  business: context.person().tenant || run.tenantId === PLATFORM_TENANT_ID ? null : run.tenantName,
});

/** The last runs of a template, and how many haven’t ended. */
export async function readRuns(context: RequestContext, id: string) {
  const [runs, open] = await readSeen(context, async (tx) => [
    await templateRuns.listRuns(tx, id, mostRuns),
    await templateRuns.countOpenRuns(tx, id),
  ]);
  return { runs: runs.map((run) => toRun(context, run)), open };
}

/** One run with its steps, straight from Temporal. Throws `run.not-found`. */
export async function readRun(context: RequestContext, id: string, runId: string) {
  const run = await readSeen(context, (tx) => templateRuns.findRun(tx, id, runId));
  if (!run) throw new AppError('run.not-found');
  const found = await context.deps.processes.findProgress(run.workflowId).catch((error: unknown) => {
    // The rest of the page is known without it.
    if (toAppError(error).status === 503) return null;
    throw error;
  });
  const steps = found?.progress.steps.map((step): StepItem => ({
    title: step.title ?? step.key,
    state: step.state,
    current: step.key === found.progress.currentStep && found.open,
  }));
  return { run: toRun(context, run), steps: steps ?? null };
}

/** Whether words are found in a template; those that come with the product are searched here. */
export const holds = ({ title, summary }: Seen, q: string | undefined): boolean =>
  q === undefined || `${title} ${summary}`.toLowerCase().includes(q.toLowerCase());
