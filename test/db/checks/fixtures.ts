import type { Query } from './tables.ts';
import { plantServers, toolFixtures } from './tool-fixtures.ts';

type Row = Readonly<Record<string, unknown>>;

const start = new Date('2026-03-01T10:00:00Z');
const end = new Date('2026-04-01T10:00:00Z');
const card = JSON.stringify({ id: 'pm_1', brand: 'visa', last4: '4242', expMonth: 1, expYear: 2030 });

/**
 * One row per tenant table, parents before children. `key` makes the row one of its own inside the tenant; children
 * point at the parent of the same key. A table that is missing here fails the tests.
 */
export const fixtures: Readonly<Record<string, (tenant: string, key: string) => Row>> = {
  tenants: (tenant, key) => ({
    id: tenant,
    partner_id: null,
    name: `Business of ${tenant}`,
    name_key: `${tenant}${key}`,
    status: 'live',
    timezone: 'UTC',
    language: 'en',
  }),
  tenant_freezes: (tenant, key) => ({
    id: `frz_${key}`,
    tenant_id: tenant,
    workflow_id: `t:${tenant}:freeze-work:${key}`,
    reason: 'A fixture stops this business',
    frozen_by: 'usr_x',
    thawed_at: end,
    thawed_by: 'usr_x',
    thaw_reason: 'It has ended',
    policy: 'run',
  }),
  memberships: (tenant, key) => ({ tenant_id: tenant, user_id: userIdOf(tenant, key), role: 'owner' }),
  event_heads: (tenant) => ({ tenant_id: tenant, seq: 1, hash: Buffer.from('00', 'hex') }),
  events: (tenant, key) => ({
    tenant_id: tenant,
    seq: seqOf(key),
    id: `evt_${key}`,
    occurred_at: start,
    action: 'tenant.created',
    outcome: 'success',
    actor_type: 'system',
    actor_id: 'fixture',
    body: '{}',
    leaf_hash: Buffer.alloc(32),
    prev_hash: Buffer.alloc(32),
    hash: Buffer.alloc(32),
  }),
  workflow_templates: (tenant, key) => ({
    tenant_id: tenant,
    id: `wft_${key}`,
    title: 'Reminder',
    summary: 'Reminds.',
    created_by: 'usr_x',
  }),
  workflow_template_versions: (tenant, key) => ({
    tenant_id: tenant,
    template_id: 'wft_base',
    version: ['base', 'own', 'fresh'].indexOf(key) + 1,
    definition: '{}',
    created_by: 'usr_x',
  }),
  onboarding_choices: (tenant, key) => ({
    tenant_id: tenant,
    step: key,
    choice: '{}',
    submitted_by: 'usr_x',
  }),
  verification_tokens: (tenant, key) => ({
    id: `tok_${key}`,
    tenant_id: tenant,
    user_id: userIdOf(tenant, 'base'),
    token_hash: `hash-${tenant}-${key}`,
    expires_at: end,
  }),
  invitations: (tenant, key) => ({
    id: `ivt_${key}`,
    tenant_id: tenant,
    email: `${key}@example.com`,
    name: 'Ivy',
    role: 'member',
    status: 'pending',
    invited_by: 'usr_x',
    expires_at: end,
  }),
  mails: (tenant, key) => ({
    id: `mal_${key}`,
    tenant_id: tenant,
    key,
    template: 'welcome',
    message_id: `<${key}@example.com>`,
    status: 'sending',
  }),
  secrets: (tenant, key) => ({
    tenant_id: tenant,
    name: key,
    version: 1,
    key_id: 'k1',
    sealed: Buffer.from('sealed'),
  }),
  subscriptions: (tenant, key) => ({
    id: `sub_${key}`,
    tenant_id: tenant,
    plan_key: 'starter',
    plan_version: 1,
    timezone: 'UTC',
    gateway: 'sandbox',
    anchor_at: start,
    interval: 'month',
    status: key === 'base' ? 'active' : 'cancelled',
    amount_minor: 4900,
    currency: 'EUR',
    payment_method: card,
    period_start: start,
    period_end: end,
  }),
  invoices: (tenant, key) => ({
    id: `inv_${key}`,
    tenant_id: tenant,
    subscription_id: 'sub_base',
    number: `N-${key}`,
    kind: 'subscription',
    billed_to: { name: 'Test Ltd', address: null, country: null, vatNumber: null },
    status: 'open',
    tax: { treatment: 'none', bps: 0, inclusive: false, country: null },
    subtotal_minor: 4900,
    total_minor: 4900,
    due_at: end,
    issued_at: start,
    currency: 'EUR',
    period_start: start,
    period_end: end,
  }),
  invoice_lines: (tenant, key) => ({
    tenant_id: tenant,
    invoice_id: 'inv_base',
    position: key === 'base' ? 1 : 2,
    kind: 'plan',
    quantity: 1,
    amount_minor: 4900,
    period_start: start,
    period_end: end,
  }),
  ledger_entries: (tenant, key) => ({
    tenant_id: tenant,
    id: `led_${key}`,
    transaction_id: `issue/${key}`,
    account: 'receivable',
    // A transaction adds up to zero.
    amount_minor: 0,
    currency: 'EUR',
    invoice_id: 'inv_base',
    at: start,
  }),
  credit_notes: (tenant, key) => ({
    tenant_id: tenant,
    id: `crn_${key}`,
    invoice_id: 'inv_base',
    number: `CN-${key}`,
    amount_minor: 100,
    tax_minor: 0,
    currency: 'EUR',
    reason: 'Agreed on the phone',
    refund_minor: 0,
    created_by: 'usr_1',
  }),
  billing_profiles: (tenant) => ({ tenant_id: tenant, name: 'Test Ltd' }),
  mrr_movements: (tenant, key) => ({
    tenant_id: tenant,
    id: `mrr_${key}`,
    at: start,
    kind: 'new',
    amount_minor: 4900,
    currency: 'EUR',
    before_minor: 0,
    after_minor: 4900,
    subscription_id: 'sub_base',
    event_id: 'evt_1',
  }),
  dunning_assignments: (tenant) => ({ tenant_id: tenant, policy_key: 'standard', assigned_by: 'test' }),
  dunning_cases: (tenant, key) => ({
    tenant_id: tenant,
    id: `dun_${key}`,
    subscription_id: 'sub_base',
    invoice_id: 'inv_base',
    policy_key: 'standard',
    policy_version: 1,
    state: {},
    preview: [],
    started_at: start,
  }),
  billing_clocks: (tenant) => ({ tenant_id: tenant, now_at: start, set_by: 'test' }),
  payments: (tenant, key) => ({
    id: `pay_${key}`,
    tenant_id: tenant,
    invoice_id: 'inv_base',
    gateway: 'sandbox',
    gateway_ref: `ref-${key}`,
    status: 'succeeded',
    amount_minor: 4900,
    currency: 'EUR',
  }),
  runs: (tenant, key) => ({
    tenant_id: tenant,
    run_id: `run_${key}`,
    workflow_id: `t:${tenant}:onboard-tenant:${key}`,
    process: 'onboard-tenant',
    subject: tenant,
    state: 'running',
    needs_attention: false,
    attempts: 1,
    started_at: start,
    changed_at: start,
  }),
  run_steps: (tenant, key) => ({
    tenant_id: tenant,
    run_id: 'run_base',
    position: 1,
    step: key,
    state: 'running',
    since: start,
    attempts: 1,
  }),
  api_keys: (tenant, key) => ({
    tenant_id: tenant,
    id: `key_${tenant.slice(4)}${key}`,
    kind: 'tenant',
    name: `Key ${key}`,
    scopes: ['team.read'],
    secret_hash: `hash ${tenant} ${key}`,
    last4: 'abcd',
    created_by: userIdOf(tenant, 'base'),
  }),
  custom_roles: (tenant, key) => ({
    tenant_id: tenant,
    id: `crl_${key}`,
    name: `Role ${key}`,
    base_role: 'member',
    permissions: ['team.read'],
  }),
  tenant_settings: (tenant, key) => ({
    tenant_id: tenant,
    key: `identity.${key}`,
    value: JSON.stringify(key),
  }),
  ...toolFixtures,
};

/** People are global; each key of each tenant has one of its own. */
export function userIdOf(tenant: string, key: string): string {
  return `usr_${tenant.slice(4)}${key}`;
}

function seqOf(key: string): number {
  return key === 'base' ? 1 : 1_000 + [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
}

/** An insert of one row, as text and parameters. */
export function insertOf(table: string, row: Row): { sql: string; params: unknown[] } {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  return {
    sql: `insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`,
    params: Object.values(row),
  };
}

/** People that rows of a tenant may point at, whether or not they are planted as members. */
export const peopleKeys = ['base', 'fresh', 'own', 'spare'] as const;

/** Plants the base row of every table for a tenant, as the owner of the database. */
export async function plantRows(owner: Query, tenant: string, partner: string | null): Promise<void> {
  if (partner) {
    await owner('insert into partners (id, name) values ($1, $1) on conflict do nothing', [partner]);
  }
  await plantServers(owner, peopleKeys);
  for (const key of peopleKeys) {
    await owner(
      `insert into users (id, email, name, timezone, language) values ($1, $2, 'Person', 'UTC', 'en')`,
      [userIdOf(tenant, key), `${userIdOf(tenant, key)}@example.com`],
    );
  }
  for (const [table, fixture] of Object.entries(fixtures)) {
    const row = fixture(tenant, 'base');
    const { sql, params } = insertOf(table, table === 'tenants' ? { ...row, partner_id: partner } : row);
    await owner(sql, params);
  }
}
