import { protectTenantTable, shareGlobalTable } from './sql.ts';

/** Overdue invoices: policies in versions, to whom they are assigned, and a case for each invoice that isn't paid. */
export const name = '0040_billing_dunning';

const standard = {
  retriesByClass: {
    insufficientFunds: [2, 5, 9, 14, 21],
    expiredCard: [],
    doNotHonour: [1, 4, 8, 15],
    stolenCard: [],
    authenticationNeeded: [],
    methodMissing: [],
    gatewayDown: [1, 2, 3, 5, 8],
  },
  ...{ maxTries: 8, fromHour: 9, toHour: 20, avoidWeekends: true },
  mails: ['failed', 'retryFailed', 'restricted', 'suspended', 'cancelled', 'settled'],
  ...{ restrictAfterDays: 14, suspendAfterDays: 28, cancelAfterDays: 42 },
};

export const up = `
  create table dunning_policies (
    key text not null,
    version integer not null check (version > 0),
    title text not null,
    policy jsonb not null,
    created_by text not null,
    created_at timestamptz not null default now(),
    primary key (key, version)
  );
  ${shareGlobalTable('dunning_policies')}
  insert into dunning_policies (key, version, title, policy, created_by)
    values ('standard', 1, 'Standard', '${JSON.stringify(standard)}', 'release');

  -- The policy of subscribers to a plan, and of one tenant; without either it is the standard one.
  alter table plans add column dunning_policy text;
  create table dunning_assignments (
    tenant_id text primary key references tenants (id),
    policy_key text not null,
    assigned_by text not null,
    assigned_at timestamptz not null default now()
  );
  ${protectTenantTable('dunning_assignments')}

  create table dunning_cases (
    tenant_id text not null references tenants (id),
    id text not null,
    subscription_id text not null,
    invoice_id text not null,
    policy_key text not null,
    policy_version integer not null,
    -- How far it is, with every step that was done; see db/domain/billing/dunning/state.ts.
    state jsonb not null,
    -- What was said at its start about what would happen.
    preview jsonb not null,
    next_at timestamptz,
    next_kind text check (next_kind in ('settled', 'retry', 'restrict', 'suspend', 'cancel', 'mail')),
    started_at timestamptz not null,
    ended_at timestamptz,
    outcome text check (outcome in ('paid', 'voided', 'cancelled', 'writtenOff')),
    as_previewed boolean,
    difference jsonb,
    primary key (tenant_id, id),
    foreign key (tenant_id, subscription_id) references subscriptions (tenant_id, id),
    foreign key (tenant_id, invoice_id) references invoices (tenant_id, id),
    foreign key (policy_key, policy_version) references dunning_policies (key, version),
    check ((ended_at is null) = (outcome is null))
  );
  create index dunning_cases_invoice_idx on dunning_cases (tenant_id, invoice_id);
  create index dunning_cases_subscription_idx on dunning_cases (tenant_id, subscription_id);
  create index dunning_cases_open_idx on dunning_cases (next_at, id) where ended_at is null;
  create index dunning_cases_started_idx on dunning_cases (started_at desc, id desc);
  ${protectTenantTable('dunning_cases', 'select, insert, update')}`;
