/** Lists as people like to see them; and invoices that keep whom they were made out to. */
export const name = '0008_views';

/** The owner of a table is bound by its policies too, and has none: for the backfill they do not bind. */
const withoutPolicies = (tables: readonly string[], sql: string) =>
  [
    ...tables.map((table) => `alter table ${table} no force row level security;`),
    sql,
    ...tables.map((table) => `alter table ${table} force row level security;`),
  ].join('\n');

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
  grant select, insert, update, delete on saved_views to bizosaas_platform;

  -- Who has stood at a step since when, for the list of tenants.
  create index run_steps_standing_idx on run_steps (since) where state in ('running', 'waiting', 'needsAttention');

  alter table invoices add column billed_to text;
  ${withoutPolicies(
    ['invoices', 'onboarding_choices', 'tenants'],
    `update invoices i set billed_to = coalesce(
       (select c.choice ->> 'legalName' from onboarding_choices c where c.tenant_id = i.tenant_id and c.step = 'profile'),
       (select t.name from tenants t where t.id = i.tenant_id));`,
  )}
  alter table invoices alter column billed_to set not null;`;
