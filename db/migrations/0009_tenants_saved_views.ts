/** Saved views of lists. */
export const name = '0009_tenants_saved_views';

export const up = `
  -- A view belongs to a person, whatever tenants that person looks after.
  create table saved_views (
    id text primary key,
    user_id text not null references users (id) on delete cascade,
    list text not null check (list in ('tenants')),
    name text not null,
    query text not null,
    created_at timestamptz not null default now()
  );
  create unique index saved_views_name_idx on saved_views (user_id, list, lower(name));
  grant select, insert, update, delete on saved_views to bizosaas_platform;`;
