import { shareGlobalTable } from './sql.ts';

/** Sign-up links of partners: a business that signs up through one belongs to the partner. */
export const name = '0017_tenants_partner_links';

export const up = `
  create table partner_links (
    id text primary key,
    partner_id text not null references partners (id),
    -- SHA-256 of the token, which is derived from the id and stored nowhere.
    token_hash text not null unique,
    created_by text not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
  );
  create unique index partner_links_active_idx on partner_links (partner_id) where revoked_at is null;
  ${shareGlobalTable('partner_links')}

  -- It opens a door: the platform reads it for the partner it belongs to.
  revoke select on partner_links from bizosaas_app, bizosaas_partner;`;
