import { z } from 'zod';
import { workActionCopy } from '../../../../templates/admin/runs/acts/copy.ts';
import { paths, withQuery } from '../../../../templates/paths.ts';
import { textOf } from '../../../../templates/ui/form-state.tsx';
import { defineAction } from '../../../kit/action.ts';
import { readRun } from '../read.ts';
import { runPage } from '../run-page.ts';
import * as shapes from '../schemas.ts';
import { workAction, workActions, workBody } from './work.ts';

const runParams = z.object({ runId: z.uuid() });
const workTab = (runId: string) => withQuery(paths.run(runId), { tab: 'work' });

/** Acts on one activity of a run. */
export const workRoutes = workActions.flatMap((action) =>
  defineAction({
    paths: { api: `/api/admin/runs/:runId/${action}`, form: `/admin/workflows/:runId/${action}` },
    access: 'runs.control',
    summary: `${action} of a run: one piece of its work that is under way, with a reason`,
    params: runParams,
    body: workBody,
    response: shapes.runDetail,
    errors: ['run.not-found', 'run.ended', 'work.not-found', 'work.paused', 'work.not-paused'],
    run: (context, { params, body }) => workAction(context, params.runId, action, body),
    answer: async (context, _done, { runId }) => shapes.toDetail(await readRun(context, runId)),
    done: () => ({ kind: 'done', text: workActionCopy[action].done }),
    then: (_done, { params }) => workTab(params.runId),
    rerender: (context, { params: { runId }, form }) => {
      const activityId = textOf(form.values?.['activityId']);
      return runPage(context, runId, {
        ...{ tab: 'work', view: 'compact' },
        refused: { action, activityId, state: form },
      });
    },
  }),
);
