import type { Hold } from '../../../../db/domain/runs/why/cause.ts';
import type { FormState } from '../../../ui/form-state.tsx';

/** Something an administrator does to one activity. */
export type WorkAction = 'pause-activity' | 'unpause-activity' | 'reset-activity';

/** One activity of a run that is under way. */
export interface WorkItem {
  /** Temporal's id of it within the run. */
  id: string;
  /** "Send mail". */
  title: string;
  /** "waiting for a worker", as part of a sentence. */
  state: string;
  attempt: number;
  /** Public sentence of the last attempt's failure. */
  failure: string | null;
  nextTryAt: string | null;
  scheduledAt: string | null;
  /** Who holds it up, and why; `by` is a name. */
  hold: Hold | null;
  actions: readonly WorkAction[];
}

/** After a refused act on an activity: its dialog opens again. */
export interface RefusedWork {
  action: WorkAction;
  activityId: string;
  state: FormState;
}
