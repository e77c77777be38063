import { protectTenantTable } from './sql.ts';

/** Email verification links, and attempt counters that survive a restart. */
export const name = '0003_identity_tokens';

export const up = `
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

  -- A partner looks after its tenants; what opens doors is none of its business.
  revoke select on verification_tokens from bizosaas_partner;

  create table rate_limits (key varchar(255) primary key, points integer not null default 0, expire bigint);
  grant select, insert, update, delete on rate_limits to bizosaas_platform;`;
