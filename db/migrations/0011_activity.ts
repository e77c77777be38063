/** What one person started, newest first. */
export const name = '0011_activity';

export const up = `
  create index runs_actor_started_idx on runs (actor_id, started_at desc, run_id desc);`;
