/** Runs that wait for a moment are scheduled, and refused ones are no failures: what is stored is read again. */
export const name = '0019_runs_classified';

export const up = `
  -- The projection reads everything Temporal still keeps once more and writes what differs; older rows stay as they are.
  update projections set cursor_at = '2000-01-01' where name = 'runs';`;
