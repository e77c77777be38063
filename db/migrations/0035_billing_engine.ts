import { protectTenantTable, shareGlobalTable } from './sql.ts';

/**
 * Subscriptions that renew: versions of plans, invoices with lines and tax, attempts to be paid, a ledger of double
 * entries, movements of recurring revenue, and a clock of their own for tenants of the sandbox.
 */
export const name = '0035_billing_engine';

const oneSeatPrice = (interval: 'month' | 'year', column: string) =>
  `jsonb_build_object('currency', currency, 'interval', '${interval}', 'flatMinor', ${column}, 'seats', null, 'usage', '[]'::jsonb)`;

export const up = `
  create table plan_versions (
    plan_key text not null references plans (key),
    version integer not null check (version > 0),
    trial_days integer not null,
    limits jsonb not null,
    prices jsonb not null,
    note text,
    created_by text not null,
    created_at timestamptz not null default now(),
    primary key (plan_key, version)
  );
  ${shareGlobalTable('plan_versions')}
  insert into plan_versions (plan_key, version, trial_days, limits, prices, created_by)
    select key, 1, trial_days, jsonb_build_object('tools', max_tools, 'agents', max_agents),
      jsonb_build_array(${oneSeatPrice('month', 'monthly_minor')}, ${oneSeatPrice('year', 'yearly_minor')}), 'release'
    from plans;
  alter table plans add column version integer not null default 1;
  alter table plans drop column currency, drop column monthly_minor, drop column yearly_minor,
    drop column trial_days, drop column max_tools, drop column max_agents;
  alter table plans add foreign key (key, version) references plan_versions (plan_key, version)
    deferrable initially deferred;

  alter table subscriptions
    add column plan_version integer not null default 1,
    add column seats integer not null default 1 check (seats > 0),
    add column access text not null default 'full' check (access in ('full', 'restricted', 'suspended')),
    add column gateway text not null default 'sandbox',
    add column anchor_at timestamptz,
    add column timezone text not null default 'UTC',
    add column ends_at timestamptz,
    add column pending jsonb,
    add column reminded_for timestamptz,
    add column process_at timestamptz,
    alter column payment_method drop not null;
  update subscriptions set anchor_at = coalesce(trial_ends_at, period_start);
  update subscriptions s set timezone = t.timezone from tenants t where t.id = s.tenant_id;
  alter table subscriptions alter column anchor_at set not null,
    alter column plan_version drop default, alter column timezone drop default, alter column gateway drop default;
  alter table subscriptions add foreign key (plan_key, plan_version) references plan_versions (plan_key, version);
  create index subscriptions_status_idx on subscriptions (status, period_end);
  create index subscriptions_without_process_idx on subscriptions (created_at)
    where process_at is null and status <> 'cancelled';

  create table invoice_lines (
    tenant_id text not null references tenants (id),
    invoice_id text not null,
    position integer not null,
    kind text not null,
    text text,
    plan_title text,
    interval text,
    meter text,
    quantity integer not null,
    amount_minor bigint not null,
    period_start timestamptz not null,
    period_end timestamptz not null,
    primary key (tenant_id, invoice_id, position),
    foreign key (tenant_id, invoice_id) references invoices (tenant_id, id)
  );
  ${protectTenantTable('invoice_lines')}
  insert into invoice_lines (tenant_id, invoice_id, position, kind, text, quantity, amount_minor, period_start, period_end)
    select tenant_id, id, 1, 'manual', description, 1, total_minor, period_start, period_end from invoices;

  alter table invoices
    alter column subscription_id drop not null,
    alter column number drop not null,
    alter column issued_at drop not null,
    alter column issued_at drop default,
    alter column billed_to type jsonb
      using jsonb_build_object('name', billed_to, 'address', null, 'country', null, 'vatNumber', null),
    add column kind text not null default 'subscription' check (kind in ('subscription', 'change', 'usage', 'manual')),
    add column subtotal_minor bigint,
    add column tax_minor bigint not null default 0,
    add column paid_minor bigint not null default 0,
    add column credited_minor bigint not null default 0,
    add column tax jsonb not null default '{"treatment": "none", "bps": 0, "inclusive": false, "country": null}',
    add column created_at timestamptz not null default now(),
    add column due_at timestamptz;
  update invoices set subtotal_minor = total_minor, created_at = issued_at, due_at = issued_at,
    paid_minor = case status when 'paid' then total_minor else 0 end;
  alter table invoices
    drop column description,
    alter column kind drop default,
    alter column tax drop default,
    alter column subtotal_minor set not null,
    drop constraint invoices_status_check,
    add check (status in ('draft', 'open', 'paid', 'void', 'uncollectible')),
    add check ((status = 'draft') = (number is null)),
    add check (total_minor = subtotal_minor + tax_minor);
  drop index invoices_issued_idx;
  create index invoices_created_idx on invoices (tenant_id, created_at desc, id desc);
  create index invoices_all_created_idx on invoices (created_at desc, id desc);
  create index invoices_open_idx on invoices (due_at) where status = 'open';

  alter table payments
    alter column gateway_ref drop not null,
    add column refunded_minor bigint not null default 0,
    add column decline_class text check (decline_class in ('insufficientFunds', 'expiredCard', 'doNotHonour', 'stolenCard',
      'authenticationNeeded', 'methodMissing', 'gatewayDown')),
    add column decline_code text,
    add column settled_at timestamptz,
    drop constraint payments_status_check,
    add check (status in ('pending', 'succeeded', 'failed', 'refunded'));
  update payments set settled_at = created_at,
    refunded_minor = case status when 'refunded' then amount_minor else 0 end;
  create index payments_invoice_idx on payments (tenant_id, invoice_id, created_at);
  create index payments_created_idx on payments (created_at desc);

  create table ledger_entries (
    tenant_id text not null references tenants (id),
    id text not null,
    -- The entries of one transaction add up to zero.
    transaction_id text not null,
    account text not null
      check (account in ('receivable', 'revenue', 'tax', 'gateway', 'bank', 'credit', 'writeOff')),
    amount_minor bigint not null,
    currency text not null,
    invoice_id text not null,
    payment_id text,
    at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, invoice_id) references invoices (tenant_id, id),
    foreign key (tenant_id, payment_id) references payments (tenant_id, id)
  );
  create index ledger_entries_invoice_idx on ledger_entries (tenant_id, invoice_id);
  create index ledger_entries_transaction_idx on ledger_entries (tenant_id, transaction_id);
  create index ledger_entries_at_idx on ledger_entries (at);
  ${protectTenantTable('ledger_entries', 'select, insert')}

  insert into ledger_entries (tenant_id, id, transaction_id, account, amount_minor, currency, invoice_id, at)
    select tenant_id, 'led_' || a.account || substr(id, 4), 'issue/' || id, a.account, a.sign * total_minor, currency, id, issued_at
    from invoices, (values ('receivable', 1), ('revenue', -1)) a (account, sign)
    where status in ('open', 'paid') and total_minor > 0;
  insert into ledger_entries (tenant_id, id, transaction_id, account, amount_minor, currency, invoice_id, payment_id, at)
    select p.tenant_id, 'led_' || a.account || substr(p.id, 4), 'pay/' || p.id, a.account, a.sign * p.amount_minor, p.currency,
      p.invoice_id, p.id, p.created_at
    from payments p join invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id,
      (values ('gateway', 1), ('receivable', -1)) a (account, sign)
    where p.status = 'succeeded' and i.status in ('open', 'paid');

  create function check_ledger_balance() returns trigger language plpgsql as $$
  begin
    if exists (select 1 from ledger_entries where tenant_id = new.tenant_id and transaction_id = new.transaction_id
      group by currency having sum(amount_minor) <> 0) then
      raise exception 'the entries of % do not add up to zero', new.transaction_id;
    end if;
    return null;
  end $$;
  create constraint trigger ledger_entries_balance after insert on ledger_entries
    deferrable initially deferred for each row execute function check_ledger_balance();

  create table mrr_movements (
    tenant_id text not null references tenants (id),
    id text not null,
    at timestamptz not null,
    kind text not null check (kind in ('new', 'expansion', 'contraction', 'churn', 'reactivation')),
    amount_minor bigint not null check (amount_minor <> 0),
    currency text not null,
    before_minor bigint not null check (before_minor >= 0),
    after_minor bigint not null check (after_minor >= 0),
    subscription_id text not null,
    event_id text not null,
    primary key (tenant_id, id),
    check (after_minor = before_minor + amount_minor),
    foreign key (tenant_id, subscription_id) references subscriptions (tenant_id, id)
  );
  create index mrr_movements_tenant_idx on mrr_movements (tenant_id, currency, at desc, id desc);
  create index mrr_movements_at_idx on mrr_movements (at, currency);
  ${protectTenantTable('mrr_movements', 'select, insert')}
  -- What already runs began when its trial ended, or when it started.
  insert into mrr_movements (tenant_id, id, at, kind, amount_minor, currency, before_minor, after_minor, subscription_id, event_id)
    select tenant_id, 'mrr_' || substr(id, 5), coalesce(trial_ends_at, created_at), 'new', monthly, currency, 0, monthly, id, ''
    from (select *, case interval when 'month' then amount_minor else round(amount_minor / 12.0)::bigint end as monthly
      from subscriptions where status in ('active', 'pastDue')) s where monthly > 0;

  -- The time a tenant of the sandbox lives in; everyone else lives now.
  create table billing_clocks (
    tenant_id text primary key references tenants (id),
    now_at timestamptz not null,
    set_by text not null,
    set_at timestamptz not null default now()
  );
  ${protectTenantTable('billing_clocks')}`;
