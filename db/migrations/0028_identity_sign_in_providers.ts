/** Accounts elsewhere with which people sign in. All of it is the sign-in provider's: only the platform reaches it. */
export const name = '0028_identity_sign_in_providers';

export const up = `
  create table auth.providers (
    -- In addresses; "google", "microsoft" and "facebook" are those, all others OpenID Connect.
    key text primary key,
    title text not null,
    issuer text not null,
    client_id text not null,
    key_id text not null,
    sealed bytea not null,
    domains text[] not null default '{}',
    is_on boolean not null default false,
    last_success_at timestamptz,
    last_failure_at timestamptz,
    -- Code of the error table.
    last_failure text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );

  create table auth.provider_links (
    provider text not null references auth.providers (key) on delete cascade,
    -- As the token names it: providers with many tenants have many issuers.
    issuer text not null,
    subject text not null,
    user_id text not null references auth.users (id) on delete cascade,
    created_at timestamptz not null default now(),
    last_used_at timestamptz not null default now(),
    primary key (provider, issuer, subject)
  );
  create unique index provider_links_user_idx on auth.provider_links (user_id, provider);

  -- States of callbacks that came: each is good for one.
  create table auth.provider_states (
    state_hash text primary key,
    expires_at timestamptz not null
  );
  create index provider_states_expires_idx on auth.provider_states (expires_at);

  grant select, insert, update, delete on auth.providers, auth.provider_links, auth.provider_states
    to bizosaas_platform;

  -- Null for a password.
  alter table auth.sessions add column provider text;`;
