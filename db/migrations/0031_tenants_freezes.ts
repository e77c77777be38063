import { protectTenantTable, shareGlobalTable } from './sql.ts';

/** Freezes of tenants and of the platform, and which emails they hold. */
export const name = '0031_tenants_freezes';

const facts = `
    workflow_id text not null,
    reason text not null,
    frozen_by text not null,
    since timestamptz not null default now(),
    -- What the thaw did with what was held.
    policy text check (policy in ('run', 'skip')),
    thawed_at timestamptz,
    thawed_by text,
    thaw_reason text,
    check ((thawed_at is null) = (policy is null))`;

export const up = `
  create table tenant_freezes (
    tenant_id text not null references tenants (id),
    id text not null,
    ${facts},
    primary key (tenant_id, id)
  );
  create unique index tenant_freezes_open_idx on tenant_freezes (tenant_id) where thawed_at is null;
  create index tenant_freezes_since_idx on tenant_freezes (since desc);
  ${protectTenantTable('tenant_freezes', 'select, insert, update')}

  create table platform_freezes (
    id text primary key,
    ${facts}
  );
  -- One at a time.
  create unique index platform_freezes_open_idx on platform_freezes ((thawed_at is null)) where thawed_at is null;
  ${shareGlobalTable('platform_freezes')}

  alter table mails add column held_at timestamptz, add column held_for text;
  create index mails_held_idx on mails (held_for) where status = 'sending' and held_for is not null;
  alter table mails drop constraint mails_status_check;
  alter table mails add constraint mails_status_check
    check (status in ('sending', 'sent', 'refused', 'muted', 'dropped'));`;
