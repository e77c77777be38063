import { protectTenantTable, shareGlobalTable } from './sql.ts';

/** Plans, subscriptions, invoices, payments. Money is integer minor units. */
export const name = '0007_billing_subscriptions';

export const up = `
  create table plans (
    key text primary key, title text not null, summary text not null, currency text not null,
    monthly_minor bigint not null, yearly_minor bigint not null, trial_days integer not null,
    max_tools integer not null, max_agents integer not null, position integer not null,
    active boolean not null default true
  );
  ${shareGlobalTable('plans')}
  insert into plans (key, title, summary, currency, monthly_minor, yearly_minor, trial_days, max_tools, max_agents, position)
  values
    ('starter', 'Starter', 'For one person or a small shop.', 'EUR', 4900, 49000, 14, 5, 1, 1),
    ('growth', 'Growth', 'For a team that sells every day.', 'EUR', 14900, 149000, 14, 15, 3, 2),
    ('scale', 'Scale', 'For several teams, every tool and agent.', 'EUR', 39900, 399000, 14, 40, 10, 3);

  create table subscriptions (
    id text not null,
    tenant_id text not null references tenants (id),
    plan_key text not null references plans (key),
    interval text not null check (interval in ('month', 'year')),
    status text not null check (status in ('trialing', 'active', 'pastDue', 'cancelled')),
    amount_minor bigint not null,
    currency text not null,
    payment_method jsonb not null,
    trial_ends_at timestamptz,
    period_start timestamptz not null,
    period_end timestamptz not null,
    created_at timestamptz not null default now(),
    cancelled_at timestamptz,
    primary key (tenant_id, id)
  );
  create unique index subscriptions_current_idx on subscriptions (tenant_id) where status <> 'cancelled';
  ${protectTenantTable('subscriptions')}

  -- Invoice numbers have no gaps: the counter row is locked until the invoice is committed.
  create table invoice_counters (series text primary key, last_number bigint not null);
  grant select, insert, update on invoice_counters to bizosaas_app, bizosaas_platform;

  create table invoices (
    id text not null,
    tenant_id text not null references tenants (id),
    subscription_id text not null,
    number text not null,
    status text not null check (status in ('open', 'paid', 'void')),
    description text not null,
    total_minor bigint not null,
    currency text not null,
    -- Whom it is made out to; kept, whatever the tenant is called later.
    billed_to text not null,
    period_start timestamptz not null,
    period_end timestamptz not null,
    issued_at timestamptz not null default now(),
    paid_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, number),
    foreign key (tenant_id, subscription_id) references subscriptions (tenant_id, id)
  );
  create index invoices_issued_idx on invoices (tenant_id, issued_at desc, id desc);
  ${protectTenantTable('invoices')}

  create table payments (
    id text not null,
    tenant_id text not null references tenants (id),
    invoice_id text not null,
    gateway text not null,
    gateway_ref text not null,
    status text not null check (status in ('succeeded', 'refunded')),
    amount_minor bigint not null,
    currency text not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id),
    unique (tenant_id, gateway, gateway_ref),
    foreign key (tenant_id, invoice_id) references invoices (tenant_id, id)
  );
  ${protectTenantTable('payments')}`;
