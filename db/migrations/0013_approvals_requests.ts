import { protectTenantTable } from './sql.ts';

/** Requests that a person approves or denies, bound to the hash of exact arguments. */
export const name = '0013_approvals_requests';

export const up = `
  create table approvals (
    id text not null,
    tenant_id text not null references tenants (id),
    server text not null,
    tool text not null,
    arguments_hash text not null,
    -- The arguments as people may read them: without secrets.
    summary jsonb not null,
    risk text not null check (risk in ('read', 'write', 'send', 'money', 'destructive')),
    requested_by jsonb not null,
    workflow_id text,
    status text not null check (status in ('pending', 'approved', 'denied', 'used', 'expired')),
    decided_by jsonb,
    decided_at timestamptz,
    reason text,
    expires_at timestamptz not null,
    used_at timestamptz,
    -- Key of the call that used it up: only a repetition of that very call is let through again.
    used_for text,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id)
  );
  create unique index approvals_pending_idx
    on approvals (tenant_id, server, tool, arguments_hash, (requested_by ->> 'type'), (requested_by ->> 'id'))
    where status = 'pending';
  create index approvals_created_idx on approvals (tenant_id, created_at desc, id desc);
  create index approvals_time_idx on approvals (created_at desc, id desc);
  create index approvals_open_idx on approvals (expires_at) where status in ('pending', 'approved');
  ${protectTenantTable('approvals')}`;
