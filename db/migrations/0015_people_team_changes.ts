/** Invitations without a name, and links of invitations that can be replaced. */
export const name = '0015_people_team_changes';

export const up = `
  alter table invitations alter column name drop not null;
  -- Which link is valid: each replacement counts up, and emails carry the current one.
  alter table invitations add column link_version integer not null default 1;`;
