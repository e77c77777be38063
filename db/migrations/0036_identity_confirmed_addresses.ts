/**
 * Signing in now takes a confirmed address. Accounts from before could sign in without, so they count as confirmed: no one
 * is locked out by an upgrade. Row-level security binds the owner of the table too, unless it isn't forced.
 */
export const name = '0036_identity_confirmed_addresses';

export const up = `
  alter table users no force row level security;
  update users set email_verified_at = now() where email_verified_at is null;
  alter table users force row level security;`;
