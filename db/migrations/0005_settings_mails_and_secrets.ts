import { protectTenantTable } from './sql.ts';

/** Sent emails and sealed secrets. */
export const name = '0005_settings_mails_and_secrets';

export const up = `
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
  create index mails_created_idx on mails (created_at);
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
  create index secrets_created_idx on secrets (created_at);
  ${protectTenantTable('secrets')}

  -- A partner looks after its tenants; what opens doors is none of its business.
  revoke select on secrets from bizosaas_partner;`;
