import { protectTenantTable } from './sql.ts';

/** The ledger: one hash chain per tenant, written only through append_event, never changed afterwards. */
export const name = '0002_audit_events';

export const up = `
  create table events (
    tenant_id text not null,
    seq bigint not null,
    id text not null,
    occurred_at timestamptz not null,
    action text not null,
    outcome text not null,
    actor_type text not null,
    actor_id text not null,
    impersonator_id text,
    target_type text,
    target_id text,
    workflow_id text,
    -- Everything the hash covers; the columns before it are copies for indexes and are checked against it.
    body jsonb not null,
    leaf_hash bytea not null,
    prev_hash bytea not null,
    hash bytea not null,
    primary key (tenant_id, seq)
  );
  create unique index events_id_idx on events (tenant_id, id);
  create index events_time_idx on events (occurred_at desc, id desc);
  create index events_tenant_time_idx on events (tenant_id, occurred_at desc, id desc);
  create index events_actor_idx on events (actor_id, occurred_at desc, id desc);
  create index events_action_idx on events (action, occurred_at desc, id desc);
  create index events_target_idx on events (target_id, occurred_at desc, id desc) where target_id is not null;
  create index events_workflow_idx on events (workflow_id, occurred_at desc) where workflow_id is not null;
  ${protectTenantTable('events', 'select')}

  create table event_heads (
    tenant_id text primary key, seq bigint not null, hash bytea not null,
    -- When the newest event happened, so that lists need not look it up among all of them.
    occurred_at timestamptz
  );
  ${protectTenantTable('event_heads', 'select')}

  create function refuse_event_change() returns trigger language plpgsql as $$
  begin
    raise exception 'events are append-only';
  end $$;
  create trigger events_append_only before update or delete on events
    for each row execute function refuse_event_change();
  create trigger events_no_truncate before truncate on events
    for each statement execute function refuse_event_change();

  -- The chain's head row is the lock: two writers of one tenant queue, writers of two tenants do not.
  create function append_event(event jsonb, leaf bytea) returns bigint
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    tenant text := event ->> 'tenantId';
    head event_heads%rowtype;
    next_seq bigint;
    next_hash bytea;
  begin
    if session_user = 'bizosaas_app' and tenant is distinct from nullif(current_setting('app.tenant_id', true), '') then
      raise exception 'event of another tenant' using errcode = '42501';
    end if;
    insert into event_heads (tenant_id, seq, hash) values (tenant, 0, ''::bytea) on conflict do nothing;
    select * into head from event_heads where tenant_id = tenant for update;
    next_seq := head.seq + 1;
    next_hash := sha256(head.hash || int8send(next_seq) || leaf);
    insert into events (tenant_id, seq, id, occurred_at, action, outcome, actor_type, actor_id, impersonator_id,
                        target_type, target_id, workflow_id, body, leaf_hash, prev_hash, hash)
    values (tenant, next_seq, event ->> 'id', (event ->> 'occurredAt')::timestamptz, event ->> 'action',
            event ->> 'outcome', event #>> '{actor,type}', event #>> '{actor,id}', event ->> 'impersonatorId',
            event #>> '{targets,0,type}', event #>> '{targets,0,id}', event #>> '{context,workflowId}',
            event, leaf, head.hash, next_hash);
    update event_heads set seq = next_seq, hash = next_hash, occurred_at = (event ->> 'occurredAt')::timestamptz
      where tenant_id = tenant;
    return next_seq;
  end $$;
  revoke all on function append_event from public;
  grant execute on function append_event to bizosaas_app, bizosaas_platform;

  -- append_event runs as its owner, who is bound by row-level security like everybody else.
  do $$ begin
    execute format('create policy ledger_writer on events for insert to %I with check (true)', current_user);
    execute format('create policy ledger_head on event_heads to %I using (true) with check (true)', current_user);
  end $$;`;
