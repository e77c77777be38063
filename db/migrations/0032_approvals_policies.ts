import { protectTenantTable } from './sql.ts';

/** Requests of every kind, decided by several people by a policy. */
export const name = '0032_approvals_policies';

export const up = `
  alter table approvals
    alter column server drop not null,
    alter column tool drop not null,
    alter column risk drop not null,
    -- What is asked for, where it is no call of a tool.
    add column title text,
    -- The run that takes the decisions; null for requests that the waiting run itself takes them for.
    add column process_id text,
    add column policy jsonb,
    add column fields jsonb not null default '[]',
    add column field_values jsonb not null default '{}',
    -- The person who asked may decide, as no one else can.
    add column self_allowed boolean not null default false,
    add column escalated_at timestamptz,
    add constraint approvals_about_check
      check (server is not null and tool is not null and risk is not null or title is not null);

  alter table approvals drop constraint approvals_status_check;
  update approvals set status = 'declined' where status = 'denied';
  alter table approvals add constraint approvals_status_check
    check (status in ('pending', 'approved', 'declined', 'used', 'expired', 'withdrawn'));

  -- Two runs that ask for the same call ask for two calls: each has its own answer.
  drop index approvals_pending_idx;
  create unique index approvals_pending_idx
    on approvals (tenant_id, server, tool, arguments_hash, (requested_by ->> 'type'), (requested_by ->> 'id'),
                  coalesce(workflow_id, ''))
    where status = 'pending';

  create table approval_decisions (
    tenant_id text not null references tenants (id),
    approval_id text not null,
    user_id text not null,
    decision text not null check (decision in ('approved', 'declined')),
    reason text not null,
    decided_at timestamptz not null default now(),
    primary key (tenant_id, approval_id, user_id),
    foreign key (tenant_id, approval_id) references approvals (tenant_id, id) on delete cascade
  );
  create index approval_decisions_user_idx on approval_decisions (tenant_id, user_id, decided_at desc);
  ${protectTenantTable('approval_decisions')}`;
