import { protectTenantTable, shareGlobalTable } from './sql.ts';

/** Tax by country, whom invoices are made out to, and credit notes. */
export const name = '0039_billing_invoicing';

/** Standard rates of VAT in hundredths of a percent, to start from; administrators change them. */
const standardRates = {
  ...{
    AT: 2000,
    BE: 2100,
    BG: 2000,
    CY: 1900,
    CZ: 2100,
    DE: 1900,
    DK: 2500,
    EE: 2400,
    ES: 2100,
    FI: 2550,
    FR: 2000,
  },
  ...{
    GB: 2000,
    GR: 2400,
    HR: 2500,
    HU: 2700,
    IE: 2300,
    IT: 2200,
    LT: 2100,
    LU: 1700,
    LV: 2100,
    MT: 1800,
    NL: 2100,
  },
  ...{ PL: 2300, PT: 2300, RO: 2100, SE: 2500, SI: 2200, SK: 2300, CH: 810, NO: 2500, IN: 1800 },
};

export const up = `
  create table tax_rates (
    country text primary key check (country ~ '^[A-Z]{2}$'),
    bps integer not null check (bps between 0 and 10000),
    set_by text not null,
    set_at timestamptz not null default now()
  );
  ${shareGlobalTable('tax_rates')}
  insert into tax_rates (country, bps, set_by) values ${Object.entries(standardRates)
    .map(([country, bps]) => `('${country}', ${bps}, 'release')`)
    .join(', ')};

  create table billing_profiles (
    tenant_id text primary key references tenants (id),
    name text not null,
    address text,
    country text,
    vat_number text,
    updated_at timestamptz not null default now()
  );
  ${protectTenantTable('billing_profiles')}

  create table credit_notes (
    tenant_id text not null references tenants (id),
    id text not null,
    invoice_id text not null,
    number text not null,
    amount_minor bigint not null check (amount_minor > 0),
    tax_minor bigint not null,
    currency text not null,
    reason text not null,
    -- What of it goes back to the card; the rest is kept as credit, or was never paid.
    refund_minor bigint not null check (refund_minor between 0 and amount_minor),
    refunded_at timestamptz,
    created_by text not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id),
    unique (tenant_id, number),
    foreign key (tenant_id, invoice_id) references invoices (tenant_id, id)
  );
  create index credit_notes_invoice_idx on credit_notes (tenant_id, invoice_id, created_at);
  ${protectTenantTable('credit_notes', 'select, insert, update')}

  create index invoices_status_idx on invoices (status, created_at desc, id desc);`;
