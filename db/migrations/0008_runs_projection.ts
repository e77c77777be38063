import { protectTenantTable } from './sql.ts';

/**
 * The projection of Temporal: may be dropped and rebuilt at any time. No foreign keys, since it isn't the source of
 * truth.
 */
export const name = '0008_runs_projection';

export const up = `
  create table runs (
    tenant_id text not null,
    run_id text not null,
    workflow_id text not null,
    process text not null,
    subject text not null,
    actor_id text,
    state text not null,
    current_step text,
    needs_attention boolean not null,
    attempts integer not null,
    next_kind text,
    next_at timestamptz,
    started_at timestamptz not null,
    closed_at timestamptz,
    changed_at timestamptz not null,
    primary key (tenant_id, run_id)
  );
  create index runs_started_idx on runs (started_at desc, run_id desc);
  create index runs_tenant_started_idx on runs (tenant_id, started_at desc, run_id desc);
  create index runs_process_started_idx on runs (process, started_at desc, run_id desc);
  create index runs_state_started_idx on runs (state, started_at desc, run_id desc);
  create index runs_run_id_idx on runs (run_id);
  create index runs_workflow_idx on runs (workflow_id);
  create index runs_subject_idx on runs (subject);
  create index runs_attention_idx on runs (started_at desc, run_id desc) where needs_attention;
  create index runs_onboarding_step_idx on runs (current_step, tenant_id) where process = 'onboard-tenant';
  create index runs_closed_idx on runs (closed_at) where closed_at is not null;
  create index runs_actor_started_idx on runs (actor_id, started_at desc, run_id desc);
  create index runs_actor_closed_idx on runs (actor_id, closed_at desc) where closed_at is not null;
  ${protectTenantTable('runs')}

  create table run_steps (
    tenant_id text not null,
    run_id text not null,
    position integer not null,
    step text not null,
    state text not null,
    since timestamptz not null,
    attempts integer not null,
    waiting_for text,
    error_code text,
    error_message text,
    primary key (tenant_id, run_id, step),
    foreign key (tenant_id, run_id) references runs (tenant_id, run_id) on delete cascade
  );
  -- Runs by the step they stand at and since when, for the list of tenants.
  create index run_steps_current_idx on run_steps (since) where state in ('running', 'waiting', 'needsAttention');
  ${protectTenantTable('run_steps')}

  create table projections (name text primary key, cursor_at timestamptz not null);
  grant select, insert, update, delete on projections to bizosaas_platform;`;
