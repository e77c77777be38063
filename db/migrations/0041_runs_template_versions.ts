/** What people call a version, and which earlier one it repeats: steps back in the editor are versions too. */
export const name = '0041_runs_template_versions';

export const up = `
  alter table workflow_template_versions
    add column label text,
    -- The version whose definition this one repeats, after an undo.
    add column repeats int,
    -- Forms ask for parameters in their order, which jsonb doesn't keep.
    alter column definition type json using definition::json;`;
