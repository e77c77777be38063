/** The worker that ended a run, sums of how runs ended on days that are over, and saved views of the list of runs. */
export const name = '0030_runs_analytics';

export const up = `
  alter table runs add column version text;

  -- Sums over all tenants, of days that are in run_sum_days; like the projection, dropped and made again at any time.
  create table run_sums (
    day date not null,
    process text not null,
    version text not null,
    step text not null,
    state text not null,
    cause text not null,
    bucket integer not null,
    runs integer not null,
    retried integer not null,
    primary key (day, process, version, step, state, cause, bucket)
  );
  create table run_sum_days (day date primary key, summed_at timestamptz not null default now());
  grant select, insert, update, delete on run_sums, run_sum_days to bizosaas_platform;

  -- Runs behind a cause of failure.
  create index run_steps_error_idx on run_steps (error_code, run_id) where error_code is not null;

  -- Open steps by how long they have stood, for those that are late.
  create index run_steps_open_idx on run_steps (step, since) where state in ('running', 'waiting', 'needsAttention');

  alter table saved_views drop constraint saved_views_list_check;
  alter table saved_views add constraint saved_views_list_check check (list in ('tenants', 'people', 'runs'));`;
