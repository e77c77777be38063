import { partnerSetting, protectTenantTable, shareGlobalTable, tenantSetting } from './sql.ts';

/** Partners, tenants, users and memberships. The `auth` schema is the sign-in provider's. */
export const name = '0001_identity_accounts';

const authSchema = `
  create schema auth;
  grant usage on schema auth to bizosaas_platform;
  create table auth.users (
    id text primary key, name text not null, email text not null unique, email_verified boolean not null,
    image text, created_at timestamptz not null default now(), updated_at timestamptz not null default now()
  );
  create table auth.sessions (
    id text primary key, expires_at timestamptz not null, token text not null unique,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now(),
    ip_address text, user_agent text, user_id text not null references auth.users (id) on delete cascade
  );
  create index sessions_user_id_idx on auth.sessions (user_id);
  create index sessions_expires_idx on auth.sessions (expires_at);
  create table auth.accounts (
    id text primary key, account_id text not null, provider_id text not null,
    user_id text not null references auth.users (id) on delete cascade,
    access_token text, refresh_token text, id_token text, access_token_expires_at timestamptz,
    refresh_token_expires_at timestamptz, scope text, password text,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now()
  );
  create index accounts_user_id_idx on auth.accounts (user_id);
  create table auth.verifications (
    id text primary key, identifier text not null, value text not null, expires_at timestamptz not null,
    created_at timestamptz not null default now(), updated_at timestamptz not null default now()
  );
  create index verifications_identifier_idx on auth.verifications (identifier);
  grant select, insert, update, delete on all tables in schema auth to bizosaas_platform;

  -- The app role never reads credentials; it can only hand over a new one or remove the whole account.
  create function create_credential(new_user_id text, new_name text, new_email text, password_hash text)
  returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  begin
    insert into auth.users (id, name, email, email_verified) values (new_user_id, new_name, new_email, false);
    insert into auth.accounts (id, account_id, provider_id, user_id, password)
      values (new_user_id || '_credential', new_user_id, 'credential', new_user_id, password_hash);
  end $$;
  revoke all on function create_credential from public;
  grant execute on function create_credential to bizosaas_app, bizosaas_platform;

  -- A person and the credential, unless the person belongs to a tenant still or to the platform. The app role sees
  -- only its own tenant, so it cannot decide this itself. True when somebody was removed.
  create function remove_person(old_user_id text) returns boolean
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  begin
    delete from public.users u where u.id = old_user_id and u.platform_role is null
      and not exists (select 1 from public.memberships m where m.user_id = u.id);
    if not found then return false; end if;
    delete from auth.users where id = old_user_id;
    return true;
  end $$;
  revoke all on function remove_person from public;
  grant execute on function remove_person to bizosaas_app, bizosaas_platform;

  -- It runs as its owner, who is bound by row-level security like everybody else.
  do $$ begin
    execute format('create policy person_memberships on memberships for select to %I using (true)', current_user);
    execute format('create policy person_found on users for select to %I using (true)', current_user);
    execute format('create policy person_removed on users for delete to %I using (true)', current_user);
  end $$;`;

export const up = `
  revoke execute on function pg_catalog.set_config(text, text, boolean) from public;
  grant execute on function pg_catalog.set_config(text, text, boolean)
    to bizosaas_app, bizosaas_platform, bizosaas_partner;
  revoke create on schema public from public;
  grant usage on schema public to bizosaas_app, bizosaas_platform, bizosaas_partner;

  create table partners (
    id text primary key, name text not null, created_at timestamptz not null default now()
  );
  ${shareGlobalTable('partners')}

  create table tenants (
    id text primary key,
    partner_id text references partners (id),
    name text not null,
    -- The name as compared: one business, one account. Null once an unfinished sign-up was closed.
    name_key text unique,
    status text not null check (status in ('onboarding', 'live', 'suspended', 'abandoned')),
    timezone text not null,
    language text not null,
    country text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create index tenants_partner_idx on tenants (partner_id, id);
  create index tenants_created_idx on tenants (created_at desc, id desc);
  create index tenants_name_idx on tenants (lower(name), id);
  alter table tenants enable row level security;
  alter table tenants force row level security;
  create policy app_tenant on tenants to bizosaas_app
    using (id = ${tenantSetting}) with check (id = ${tenantSetting});
  create policy platform_all on tenants to bizosaas_platform using (true) with check (true);
  create policy partner_read on tenants for select to bizosaas_partner using (partner_id = ${partnerSetting});
  grant select, insert, update on tenants to bizosaas_app, bizosaas_platform;
  grant select on tenants to bizosaas_partner;

  create table users (
    id text primary key,
    email text not null unique,
    name text not null,
    email_verified_at timestamptz,
    platform_role text check (platform_role in ('superAdmin', 'partner')),
    partner_id text references partners (id),
    timezone text not null,
    language text not null,
    status text not null default 'active' check (status in ('active', 'suspended')),
    created_at timestamptz not null default now(),
    check ((platform_role = 'partner') = (partner_id is not null) or platform_role is null)
  );
  create index users_created_idx on users (created_at desc, id desc);

  create table memberships (
    tenant_id text not null references tenants (id),
    user_id text not null references users (id),
    role text not null check (role in ('owner', 'admin', 'member')),
    created_at timestamptz not null default now(),
    primary key (tenant_id, user_id)
  );
  create index memberships_user_idx on memberships (user_id);
  ${protectTenantTable('memberships')}

  -- People are global: one person may belong to several tenants. A tenant sees only its members.
  alter table users enable row level security;
  alter table users force row level security;
  create policy app_members on users for select to bizosaas_app
    using (exists (select 1 from memberships m where m.user_id = users.id));
  create policy app_update on users for update to bizosaas_app
    using (platform_role is null and exists (select 1 from memberships m where m.user_id = users.id))
    with check (platform_role is null);
  create policy app_insert on users for insert to bizosaas_app with check (platform_role is null);
  create policy platform_all on users to bizosaas_platform using (true) with check (true);
  create policy partner_read on users for select to bizosaas_partner
    using (exists (select 1 from memberships m where m.user_id = users.id));
  grant select, insert, update on users to bizosaas_app;
  grant select, insert, update, delete on users to bizosaas_platform;
  grant select on users to bizosaas_partner;

  ${authSchema}`;
