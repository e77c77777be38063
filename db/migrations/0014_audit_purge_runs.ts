/** Purge runs of the retention rules. */
export const name = '0014_audit_purge_runs';

export const up = `
  -- One row for each night; written along with each part of its work, so that nothing is counted twice.
  create table purge_runs (
    key text primary key,
    started_at timestamptz not null default now(),
    ended_at timestamptz,
    -- Removed rows by the key of their rule.
    removed jsonb not null default '{}',
    -- Keys of rules that could not be followed.
    failed jsonb not null default '[]'
  );
  create index purge_runs_started_idx on purge_runs (started_at desc);
  grant select, insert, update, delete on purge_runs to bizosaas_platform;`;
