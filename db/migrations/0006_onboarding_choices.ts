import { protectTenantTable } from './sql.ts';

/** What an owner chose in each step of the setup wizard. */
export const name = '0006_onboarding_choices';

export const up = `
  create table onboarding_choices (
    tenant_id text not null references tenants (id),
    step text not null,
    choice jsonb not null,
    submitted_by text not null,
    submitted_at timestamptz not null default now(),
    primary key (tenant_id, step)
  );
  ${protectTenantTable('onboarding_choices')}`;
