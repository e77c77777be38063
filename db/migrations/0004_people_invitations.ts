import { protectTenantTable } from './sql.ts';

/** Invitations into a team. */
export const name = '0004_people_invitations';

export const up = `
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

  -- A partner looks after its tenants; what opens doors is none of its business.
  revoke select on invitations from bizosaas_partner;`;
