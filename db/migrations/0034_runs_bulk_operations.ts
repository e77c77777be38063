/** Bulk operations: what was asked for, and how it went for each item. */
export const name = '0034_runs_bulk_operations';

export const up = `
  create table bulk_operations (
    id text primary key,
    -- A key of the declarations, such as "people.suspend".
    operation text not null,
    parameters jsonb not null default '{}',
    -- As in the address of the list; null where the items were named one by one.
    filter jsonb,
    reason text not null,
    -- Who has what it does in their name: of the newest round.
    actor jsonb not null,
    started_by text not null,
    -- Whose tenants it reaches; null: all.
    partner_id text references partners (id),
    state text not null check (state in ('running', 'paused', 'done', 'aborted', 'undone')),
    -- What the newest round does, and its number.
    doing text not null check (doing in ('apply', 'retry', 'undo', 'continue')),
    round integer not null default 0,
    pace_per_minute integer not null check (pace_per_minute > 0),
    total integer not null,
    -- The run of the newest round.
    workflow_id text not null,
    -- How many items are in each state; counted when a round ends.
    counts jsonb,
    started_at timestamptz not null default now(),
    ended_at timestamptz
  );
  create index bulk_operations_started_idx on bulk_operations (started_at desc, id desc);
  create index bulk_operations_ended_idx on bulk_operations (ended_at) where ended_at is not null;

  create table bulk_operation_items (
    operation_id text not null references bulk_operations (id) on delete cascade,
    position integer not null,
    item_id text not null,
    state text not null
      check (state in ('pending', 'done', 'skipped', 'failed', 'unknown', 'undoing', 'undone', 'kept')),
    -- Why it was not done: a code of the error table.
    code text,
    attempts integer not null default 0,
    -- Part of the key of effects outside of the database: a new one only where the last was certainly refused.
    key_round integer not null default 0,
    -- Not tried again before this.
    retry_at timestamptz,
    -- What undoing it needs to know.
    before jsonb,
    changed_at timestamptz not null default now(),
    primary key (operation_id, position),
    unique (operation_id, item_id)
  );
  -- Those whose turn is still to come, and lists by outcome.
  create index bulk_operation_items_open_idx on bulk_operation_items (operation_id, position)
    where state in ('pending', 'undoing');
  create index bulk_operation_items_state_idx on bulk_operation_items (operation_id, state, position);

  grant select, insert, update, delete on bulk_operations, bulk_operation_items to bizosaas_platform;`;
