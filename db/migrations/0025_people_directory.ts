/** Who may do what where: suspended memberships, bases of custom roles, and what the directory finds people by. */
export const name = '0025_people_directory';

const lastSeen = `
  alter table users add column last_seen_at timestamptz;

  -- A view as another person says nothing of that person. A row that is being changed is left out: no request waits for
  -- another one because of this, and two never for each other.
  create function auth.note_last_seen() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    update public.users set last_seen_at = new.last_seen_at where id = (
      select id from public.users where id = new.user_id for no key update skip locked);
    return null;
  end $$;
  create trigger note_last_seen after insert or update of last_seen_at on auth.sessions
    for each row when (new.impersonation_id is null) execute function auth.note_last_seen();

  create index users_name_idx on users (lower(name), id);
  create index users_seen_idx on users (coalesce(last_seen_at, '-infinity'::timestamptz), id);`;

export const up = `
  alter table memberships
    add column status text not null default 'active' check (status in ('active', 'suspended'));

  -- A custom role allows some of what its base does; who has it has the base as role.
  alter table custom_roles
    add column base_role text not null default 'member' check (base_role in ('admin', 'member'));

  -- A session starts where its person may work.
  create or replace function auth.choose_tenant() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    new.tenant_id := coalesce(new.tenant_id, (
      select tenant_id from public.memberships where user_id = new.user_id and status = 'active'
      order by created_at desc limit 1));
    return new;
  end $$;
  ${lastSeen}

  alter table saved_views drop constraint saved_views_list_check;
  alter table saved_views add constraint saved_views_list_check check (list in ('tenants', 'people'));

  -- The activity of a person: what was done in views of theirs, and events about several at once.
  create index events_impersonator_idx on events (impersonator_id, occurred_at desc, id desc)
    where impersonator_id is not null;
  create index events_targets_idx on events using gin ((body -> 'targets') jsonb_path_ops)
    where case when jsonb_typeof(body -> 'targets') = 'array' then jsonb_array_length(body -> 'targets') > 1 else false end;`;
