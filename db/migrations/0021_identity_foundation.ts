import { protectTenantTable, shareGlobalTable } from './sql.ts';

/** What sessions tell of themselves, views as another person, custom roles, and settings by declaration. */
export const name = '0021_identity_foundation';

const sessions = `
  -- The token itself is only in the cookie; older sessions stored it readable, so they end here.
  delete from auth.sessions;
  alter table auth.sessions rename column token to token_hash;
  alter table auth.sessions
    add column last_seen_at timestamptz not null default now(),
    -- When the person last proved who they are: by signing in, with the password or with a code.
    add column verified_at timestamptz not null default now(),
    -- When a code of the second factor was checked in this session; null where none was.
    add column second_factor_at timestamptz,
    add column impersonation_id text,
    add column ended_at timestamptz,
    add column ended_by text,
    add column end_reason text,
    alter column updated_at set default now();
  create index sessions_impersonation_idx on auth.sessions (impersonation_id) where impersonation_id is not null;

  create table auth.impersonations (
    id text primary key,
    user_id text not null references auth.users (id) on delete cascade,
    admin_id text not null references auth.users (id) on delete cascade,
    -- Of the person viewed as; null for people of partners.
    tenant_id text,
    reason text not null,
    ticket text,
    mode text not null check (mode in ('read', 'change')),
    started_at timestamptz not null default now(),
    expires_at timestamptz not null,
    -- SHA-256 of the token that opens the view once.
    exchange_hash text not null unique,
    opened_at timestamptz,
    ended_at timestamptz,
    ended_by text,
    end_reason text,
    certificate jsonb,
    signature text,
    check (expires_at <= started_at + interval '60 minutes')
  );
  create index impersonations_user_idx on auth.impersonations (user_id, started_at desc);
  create index impersonations_admin_idx on auth.impersonations (admin_id, started_at desc);
  create index impersonations_tenant_idx on auth.impersonations (tenant_id, started_at desc);
  create index impersonations_started_idx on auth.impersonations (started_at desc);
  alter table auth.sessions add foreign key (impersonation_id) references auth.impersonations (id) on delete cascade;
  grant select, insert, update, delete on auth.impersonations to bizosaas_platform;`;

export const up = `
  ${sessions}

  alter table users
    add column must_change_password boolean not null default false,
    -- When the person enrolled a second factor; null without one.
    add column second_factor_at timestamptz;

  create table custom_roles (
    tenant_id text not null references tenants (id),
    id text not null,
    name text not null,
    permissions text[] not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id),
    unique (tenant_id, name)
  );
  ${protectTenantTable('custom_roles')}
  alter table memberships
    add column custom_role_id text,
    -- Features this person may not use here, whatever the role says.
    add column features_off text[] not null default '{}',
    add foreign key (tenant_id, custom_role_id) references custom_roles (tenant_id, id);
  create index memberships_custom_role_idx on memberships (tenant_id, custom_role_id);

  -- Values of declared settings; what is not here has its default.
  create table platform_settings (
    key text primary key, value jsonb not null, updated_at timestamptz not null default now()
  );
  ${shareGlobalTable('platform_settings')}
  create table partner_settings (
    partner_id text not null references partners (id), key text not null, value jsonb not null,
    updated_at timestamptz not null default now(), primary key (partner_id, key)
  );
  grant select, insert, update, delete on partner_settings to bizosaas_platform;
  create table tenant_settings (
    tenant_id text not null references tenants (id), key text not null, value jsonb not null,
    updated_at timestamptz not null default now(), primary key (tenant_id, key)
  );
  ${protectTenantTable('tenant_settings')}`;
