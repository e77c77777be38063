/** Mails to people of the platform, and what the lists of sessions are read by. */
export const name = '0026_identity_session_ends';

export const up = `
  -- People of the platform and of partners get emails too; those are filed under the platform, which is no tenant.
  alter table mails drop constraint if exists mails_tenant_id_fkey;
  create index sessions_tenant_idx on auth.sessions (tenant_id, created_at desc);
  create index sessions_user_created_idx on auth.sessions (user_id, created_at desc);
  drop index auth.sessions_user_id_idx;`;
