import { protectTenantTable } from './sql.ts';

/** What the customer chose, the tokens and invitations that bring people in, and the mails that were sent. */
export const name = '0003_onboarding';

export const up = `
  create table onboarding_choices (
    tenant_id text not null references tenants (id),
    step text not null,
    choice jsonb not null,
    submitted_by text not null,
    submitted_at timestamptz not null default now(),
    primary key (tenant_id, step)
  );
  ${protectTenantTable('onboarding_choices')}

  create table verification_tokens (
    id text not null,
    tenant_id text not null references tenants (id),
    user_id text not null references users (id) on delete cascade,
    -- SHA-256 of the token; the token itself is only in the mail.
    token_hash text not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id)
  );
  create index verification_tokens_hash_idx on verification_tokens (token_hash);
  create index verification_tokens_user_idx on verification_tokens (tenant_id, user_id);
  ${protectTenantTable('verification_tokens')}

  create table invitations (
    id text not null,
    tenant_id text not null references tenants (id),
    email text not null,
    name text not null,
    role text not null check (role in ('owner', 'admin', 'member')),
    status text not null check (status in ('pending', 'accepted', 'expired', 'revoked')),
    token_hash text,
    invited_by text not null,
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id)
  );
  create unique index invitations_pending_idx on invitations (tenant_id, email) where status = 'pending';
  create index invitations_hash_idx on invitations (token_hash);
  ${protectTenantTable('invitations')}

  create table mails (
    id text not null,
    tenant_id text not null references tenants (id),
    -- The act that asked for the mail; one act, one mail.
    key text not null,
    template text not null,
    user_id text,
    message_id text not null,
    status text not null check (status in ('sending', 'sent', 'refused')),
    created_at timestamptz not null default now(),
    sent_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, key)
  );
  ${protectTenantTable('mails')}

  create table secrets (
    tenant_id text not null,
    name text not null,
    version integer not null,
    key_id text not null,
    sealed bytea not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, name, version)
  );
  ${protectTenantTable('secrets')}

  -- A partner looks after its tenants; what opens doors is none of its business.
  revoke select on secrets, verification_tokens, invitations from bizosaas_partner;`;
