import type { ExpectedStep } from '../../../db/repos/runs/behind.ts';
import { contracts } from '../../../workflows/contracts.ts';

/** Steps that say how long they are expected to take. */
export const expectedSteps: readonly ExpectedStep[] = Object.values(contracts).flatMap(({ name, steps }) =>
  steps.flatMap(({ key, lateAfterMs }) =>
    lateAfterMs === undefined ? [] : [{ process: name, step: key, lateAfterMs }],
  ),
);
