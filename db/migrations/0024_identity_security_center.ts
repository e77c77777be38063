/** Second factors, links for forgotten passwords, and what people say of themselves. */
export const name = '0024_identity_security_center';

export const up = `
  create table auth.second_factors (
    user_id text primary key references auth.users (id) on delete cascade,
    -- The secret of the authenticator app, sealed for this person.
    key_id text not null,
    sealed bytea not null,
    -- The last step of 30 seconds whose code was accepted: it and those before it are used up.
    last_step bigint not null,
    -- Of the hashes of the backup codes.
    salt bytea not null,
    created_at timestamptz not null default now()
  );
  create table auth.backup_codes (
    user_id text not null references auth.second_factors (user_id) on delete cascade,
    code_hash text not null,
    used_at timestamptz,
    primary key (user_id, code_hash)
  );

  -- One row for every request, also for an address without an account: both take the same work.
  create table auth.password_resets (
    id text primary key,
    user_id text references auth.users (id) on delete cascade,
    -- SHA-256 of the token of the link; null until the email is written.
    token_hash text unique,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now()
  );
  create index password_resets_user_idx on auth.password_resets (user_id) where user_id is not null;
  create index password_resets_created_idx on auth.password_resets (created_at);

  -- Square, re-encoded pictures of people.
  create table auth.pictures (
    user_id text primary key references auth.users (id) on delete cascade,
    content bytea not null check (octet_length(content) < 200000)
  );
  grant select, insert, update, delete on auth.second_factors, auth.backup_codes, auth.password_resets,
    auth.pictures to bizosaas_platform;

  alter table users
    add column phone text,
    add column job_title text,
    -- Hash of the picture, which is part of its address; null without one.
    add column picture text,
    -- Notices the person does not want, as "<channel>.<kind>".
    add column notices_off text[] not null default '{}';

  -- People of the platform get emails too, and emails that were muted are noted.
  alter table mails drop constraint mails_tenant_id_fkey,
    drop constraint mails_status_check,
    add check (status in ('sending', 'sent', 'refused', 'muted'));`;
