/** One open view per administrator, and the session it was opened beside. */
export const name = '0023_identity_views';

export const up = `
  -- The administrator's own session: when that ends, the view does.
  alter table auth.impersonations add column admin_session_id text;
  create unique index impersonations_open_idx on auth.impersonations (admin_id) where ended_at is null;
  create index impersonations_admin_session_idx on auth.impersonations (admin_session_id) where ended_at is null;`;
