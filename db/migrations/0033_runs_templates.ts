import { protectTenantTable } from './sql.ts';

/** Processes that people build: templates of workflows, and every version of each. */
export const name = '0033_runs_templates';

export const up = `
  create table workflow_templates (
    -- The business, or the platform for templates that every business can copy.
    tenant_id text not null,
    id text not null,
    title text not null,
    summary text not null,
    -- The version that starts use; null until one was published.
    live_version int,
    -- What it was copied from, in which version. The source may be part of the product.
    forked_from text,
    forked_version int,
    created_by text not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (tenant_id, id),
    check ((forked_from is null) = (forked_version is null))
  );
  ${protectTenantTable('workflow_templates', 'select, insert, update')}
  create index workflow_templates_updated_idx on workflow_templates (tenant_id, updated_at desc, id desc);

  create table workflow_template_versions (
    tenant_id text not null,
    template_id text not null,
    version int not null check (version > 0),
    definition jsonb not null,
    created_by text not null,
    created_at timestamptz not null default now(),
    -- From then on it is never changed, as runs use it.
    published_at timestamptz,
    primary key (tenant_id, template_id, version),
    foreign key (tenant_id, template_id) references workflow_templates (tenant_id, id)
  );
  ${protectTenantTable('workflow_template_versions', 'select, insert, update')}
  -- Old drafts are thinned.
  grant delete on workflow_template_versions to bizosaas_platform;
  create function keep_published_version() returns trigger language plpgsql as $$
  begin
    if old.published_at is not null then
      raise exception 'a published version of a template is never changed';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
  end $$;
  create trigger keep_published_version before update or delete on workflow_template_versions
    for each row execute function keep_published_version();`;
