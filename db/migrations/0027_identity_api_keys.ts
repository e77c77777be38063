import { protectTenantTable } from './sql.ts';

/** Keys with which programs call the API, and what they are authenticated by. */
export const name = '0027_identity_api_keys';

export const up = `
  create table api_keys (
    -- The business, or the platform for keys of administrators and partners.
    tenant_id text not null,
    id text not null,
    kind text not null check (kind in ('person', 'tenant', 'agent')),
    name text not null,
    -- Whom a key of a person acts for; null for the others, which outlive the person who made them.
    user_id text,
    -- The agent of the catalog that an agent's key belongs to.
    agent text,
    scopes text[] not null,
    -- Networks it may be used from, as CIDR; empty: from everywhere.
    networks text[] not null default '{}',
    -- SHA-256 of the whole key; the key itself is shown once and stored nowhere.
    secret_hash text not null,
    last4 text not null,
    -- The secret before a rotation, which works until its overlap ends.
    previous_hash text,
    previous_last4 text,
    previous_until timestamptz,
    expires_at timestamptz,
    -- The last reminder of the expiry that was sent, in days before it.
    reminded_days smallint,
    created_by text not null,
    created_at timestamptz not null default now(),
    rotated_at timestamptz,
    last_used_at timestamptz,
    last_used_ip text,
    revoked_at timestamptz,
    revoked_by text,
    revoke_reason text,
    primary key (tenant_id, id),
    check ((kind = 'person') = (user_id is not null)),
    check ((kind = 'agent') = (agent is not null))
  );
  ${protectTenantTable('api_keys', 'select, insert, update')}
  -- A partner looks after its tenants; what opens doors is none of its business.
  revoke select on api_keys from bizosaas_partner;
  create index api_keys_id_idx on api_keys (id);
  create index api_keys_user_idx on api_keys (user_id, tenant_id) where user_id is not null;
  create index api_keys_created_idx on api_keys (created_at desc, id desc);
  create index api_keys_expiry_idx on api_keys (expires_at) where expires_at is not null and revoked_at is null;`;
