/** What people call a version, which earlier one it repeats, and what besides people starts a template. */
export const name = '0037_runs_template_versions';

export const up = `
  alter table workflow_template_versions
    add column label text,
    -- The version whose definition this one repeats, after an undo.
    add column repeats int,
    -- Forms ask for parameters in their order, which jsonb doesn't keep.
    alter column definition type json using definition::json;
  alter table workflow_templates
    -- The event that starts the live version, and the last one of the business that was looked at.
    add column on_event text,
    add column event_seq bigint not null default 0,
    -- SHA-256 of the secret in the web address that starts it, in hex.
    add column hook_hash text,
    add column hook_at timestamptz;
  create index workflow_templates_event_idx on workflow_templates (tenant_id) where on_event is not null;
  create index workflow_templates_hook_idx on workflow_templates (hook_hash) where hook_hash is not null;`;
