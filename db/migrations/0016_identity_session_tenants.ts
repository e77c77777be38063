/** The tenant a session works in, so that a person of several tenants can choose. */
export const name = '0016_identity_session_tenants';

export const up = `
  -- Null for people of the platform, and for sessions from before this column: they work in the tenant joined last.
  alter table auth.sessions add column tenant_id text;

  -- The provider writes sessions and knows no tenants. A new session starts in the tenant the person joined last, and
  -- joining another one later doesn't move it there.
  create function auth.choose_tenant() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    new.tenant_id := coalesce(new.tenant_id, (
      select tenant_id from public.memberships where user_id = new.user_id order by created_at desc limit 1));
    return new;
  end $$;
  create trigger choose_tenant before insert on auth.sessions for each row execute function auth.choose_tenant();`;
