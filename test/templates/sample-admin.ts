import type { AuditRow } from '../../templates/admin/audit/audit.tsx';
import type { Figure } from '../../templates/admin/home/home.tsx';
import type { AdminInvoiceRow } from '../../templates/admin/billing/invoices.tsx';
import type { PersonRow } from '../../templates/admin/people/people.tsx';
import type { TenantRow } from '../../templates/admin/tenants/tenants.tsx';
import type { RunRow } from '../../templates/admin/runs/workflows.tsx';
import type { NeedsItem } from '../../templates/ui/needs-list.tsx';
import type { JsonSchema } from '../../templates/ui/schema-form.tsx';
import { ago, days, hours } from './sample.ts';

const names = [
  'Rivera Bakery',
  'Nordlicht Yoga',
  'Atelier Nuit',
  'Kaito Coffee Roasters',
  'Brandt & Söhne Metallbau',
  'Blue Harbour Dental',
  'Casa Verde Landscaping',
];
const people = ['Lucía Rivera', 'Jonas Brandt', 'Amélie Laurent', 'Kaito Mori', 'Priya Nair', 'Tom Fletcher'];
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!;
const idOf = (prefix: string, index: number) =>
  `${prefix}_01k9v2b4x7m3q8s5t0w6y1z${String(index).padStart(3, '0')}`;
const rows = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const tenantAt = (index: number) => ({ id: idOf('ten', index), name: pick(names, index) });

export const tenantRows = (count: number): TenantRow[] =>
  rows(count, (index) => ({
    ...tenantAt(index),
    planTitle: index % 4 === 3 ? null : pick(['Starter', 'Growth', 'Scale'], index),
    status: pick(['onboarding', 'live', 'live', 'live', 'suspended', 'live', 'abandoned'] as const, index),
    onboardingStep: index % 7 === 0 ? 'website' : null,
    standingSince: index % 7 === 0 ? ago(3 * days) : null,
    mrr: index % 4 === 3 ? null : { amountMinor: pick([1900, 4900, 12900], index), currency: 'EUR' },
    openProblems: index % 9 === 0 ? 2 : 0,
    users: (index % 12) + 1,
    lastActivityAt: ago(index * 97 + 3),
  }));

export const personRows = (count: number): PersonRow[] =>
  rows(count, (index) => ({
    id: idOf('usr', index),
    name: pick(people, index),
    email: `person${index}@${pick(['rivera', 'brandt', 'laurent'], index)}.example`,
    role: pick(['owner', 'member', 'admin'] as const, index),
    tenant: index % 11 === 10 ? null : tenantAt(index),
    status: pick(['active', 'active', 'unconfirmed', 'active', 'suspended'] as const, index),
    lastSignInAt: index % 5 === 2 ? null : ago(index * 130),
  }));

export const runRows = (count: number): RunRow[] =>
  rows(count, (index) => {
    const state = pick(
      ['waiting', 'running', 'done', 'needsAttention', 'done', 'failed', 'stopped'] as const,
      index,
    );
    return {
      id: `t:${idOf('ten', index)}:onboard-tenant:${index}`,
      processTitle: pick(['Onboarding', 'Invitation', 'Renewal of a subscription'], index),
      about: null,
      tenant: index % 13 === 12 ? null : tenantAt(index),
      stepTitle:
        state === 'done' || state === 'stopped' ? null : pick(['Website', 'Plan & payment', 'Tools'], index),
      state,
      startedAt: ago(index * 61 + 2),
      durationMs: (index * 61 + 2) * 60_000,
      attempts: index % 6 === 3 ? 3 : 1,
    };
  });

export const invoiceRows = (count: number): AdminInvoiceRow[] =>
  rows(count, (index) => ({
    id: idOf('inv', index),
    number: `2026-${String(900 - index).padStart(5, '0')}`,
    tenant: tenantAt(index),
    status: pick(['open', 'paid', 'paid', 'void'] as const, index),
    total: { amountMinor: pick([1900, 4900, 129_000], index), currency: pick(['EUR', 'USD'], index) },
    issuedAt: ago(index * days),
    paidAt: index % 4 === 1 || index % 4 === 2 ? ago(index * days) : null,
  }));

export const auditRows = (count: number): AuditRow[] =>
  rows(count, (index) => ({
    id: idOf('evt', index),
    at: ago(index * 33),
    actor: pick(['Ana Torres', 'Lucía Rivera', 'Onboarding of Rivera Bakery'], index),
    impersonator: index % 17 === 5 ? 'Ana Torres' : undefined,
    action: pick(
      [
        'session.opened',
        'onboarding.step-completed',
        'run.step-retried',
        'permission.refused',
        'mail.sent',
      ] as const,
      index,
    ),
    tenant: index % 5 === 0 ? null : tenantAt(index),
    target: pick(['Lucía Rivera', 'Step: Website', 'Onboarding of Rivera Bakery'], index),
    outcome: index % 5 === 3 ? 'denied' : 'success',
    details: [
      { label: 'Reason', value: 'The provider is back, as its status page says.' },
      { label: 'From', value: '203.0.113.7, Chrome on Linux' },
      { label: 'Request', value: 'req_8f3k2m1p' },
    ],
  }));

export const adminNeeds = (): NeedsItem[] => [
  {
    sentence: 'Onboarding of Nordlicht Yoga needs attention: the payment provider does not answer.',
    since: ago(35),
    href: '/admin/workflows/x',
    button: 'Look at the run',
    tone: 'attention',
  },
  {
    sentence: 'The card of Brandt & Söhne Metallbau was declined twice.',
    since: ago(6 * hours),
    href: '/admin/tenants/x',
    button: 'Open the tenant',
    tone: 'failed',
  },
  {
    sentence: 'Rivera Bakery has been waiting at “Website” for two days.',
    since: ago(2 * days),
    href: '/admin/tenants/x?tab=onboarding',
    button: 'See why',
    tone: 'waiting',
  },
  {
    sentence: 'The trial of Blue Harbour Dental ends in three days without a card.',
    since: ago(1 * days),
    href: '/admin/tenants/x',
    button: 'Open the tenant',
    tone: 'scheduled',
  },
];

export const adminFigures = (): Figure[] => [
  {
    label: 'Monthly recurring revenue',
    value: { amountMinor: 4_812_000, currency: 'EUR' },
    trend: { direction: 'up', text: '€3,120 more than last month', good: true },
    values: [36, 38, 39, 41, 44, 48],
  },
  {
    label: 'Live tenants',
    value: 1204,
    trend: { direction: 'up', text: '41 more than last month', good: true },
    values: [1010, 1080, 1110, 1163, 1204],
    href: '/admin/tenants?status=live',
  },
  {
    label: 'Setting up now',
    value: 62,
    trend: { direction: 'flat', text: 'as many as last week' },
    values: [60, 64, 61, 63, 62],
    href: '/admin/onboarding',
  },
  {
    label: 'Runs that need attention',
    value: 3,
    trend: { direction: 'up', text: '2 more than yesterday', good: false },
    values: [1, 0, 2, 1, 3],
    href: '/admin/workflows?state=needsAttention',
  },
];

export const processSchema: JsonSchema = {
  type: 'object',
  required: ['businessName', 'owner', 'seats'],
  properties: {
    businessName: { type: 'string', minLength: 2, maxLength: 120, description: 'As the customer writes it.' },
    seats: { type: 'integer', minimum: 1, maximum: 250, default: 1 },
    discount: { type: 'number', minimum: 0, maximum: 1 },
    language: { enum: ['en', 'de', 'es', 'fr'], default: 'en' },
    sendMail: { type: 'boolean', title: 'Send the welcome e-mail' },
    tags: { type: 'array', items: { type: 'string' } },
    tools: { type: 'array', items: { enum: ['stripe', 'slack', 'wordpress'] } },
    owner: {
      type: 'object',
      required: ['email'],
      properties: { email: { type: 'string', format: 'email' }, name: { type: 'string' } },
    },
  },
};
