import * as z from 'zod';
import { estimateFromMajor, moneySchema } from '../../kit/money.ts';
import { byToken } from '../../kit/paging.ts';
import type { VendorApi } from '../../kit/vendor-api.ts';

export const objects = '/crm/objects/2026-09';

/** Lists take the mark in the query, searches in the body. */
export const pages = byToken({ items: 'results', next: 'paging.next.after', param: 'after', limit: 'limit' });
export const searchPages = byToken({
  items: 'results',
  next: 'paging.next.after',
  param: 'after',
  limit: 'limit',
  inBody: true,
});

export const recordId = z.string().regex(/^\d{1,20}$/, 'Use the number of the record');

/** HubSpot's own kinds of association, by what is linked to what. */
const links = {
  deal: { contact: 3, company: 5 },
  ticket: { contact: 16, company: 26 },
  note: { contact: 202, company: 190, deal: 214, ticket: 228 },
  task: { contact: 204, company: 192, deal: 216, ticket: 230 },
} as const;

/** What a note or task is about, as tools take it. */
export const about = {
  contact_id: recordId.optional(),
  company_id: recordId.optional(),
  deal_id: recordId.optional(),
  ticket_id: recordId.optional(),
};

/** The associations of a new record with those named in `input`. */
export function associationsOf(
  from: keyof typeof links,
  input: { contact_id?: string | undefined; company_id?: string | undefined } & {
    deal_id?: string | undefined;
    ticket_id?: string | undefined;
  },
) {
  const ids: Record<string, string | undefined> = {
    contact: input.contact_id,
    company: input.company_id,
    deal: input.deal_id,
    ticket: input.ticket_id,
  };
  return Object.entries(links[from]).flatMap(([kind, associationTypeId]) => {
    const id = ids[kind];
    return id ? [{ to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }] }] : [];
  });
}

/** Every property is sent and received as text. */
export const hubspotRecord = z.object({
  id: z.string(),
  properties: z.record(z.string(), z.string().nullable()),
});
type HubspotRecord = z.output<typeof hubspotRecord>;

const text = ({ properties }: HubspotRecord, name: string) => properties[name] || null;

export const contactProperties = ['email', 'firstname', 'lastname', 'phone', 'lifecyclestage'];
export const contact = z.object({
  id: z.string(),
  email: z.string().nullable(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  phone: z.string().nullable(),
  lifecycle_stage: z.string().nullable(),
});
export const toContact = (record: HubspotRecord) => ({
  id: record.id,
  email: text(record, 'email'),
  first_name: text(record, 'firstname'),
  last_name: text(record, 'lastname'),
  phone: text(record, 'phone'),
  lifecycle_stage: text(record, 'lifecyclestage'),
});

export const dealProperties = [
  'dealname',
  'amount',
  'deal_currency_code',
  'pipeline',
  'dealstage',
  'closedate',
  'hubspot_owner_id',
];
export const deal = z.object({
  id: z.string(),
  name: z.string().nullable(),
  amount: moneySchema.nullable().describe('Null without an amount, or when no currency is known'),
  pipeline_id: z.string().nullable(),
  stage_id: z.string().nullable(),
  closes_at: z.string().nullable(),
  owner_id: z.string().nullable(),
});
export const toDeal = (record: HubspotRecord, api: VendorApi) => ({
  id: record.id,
  name: text(record, 'dealname'),
  amount: estimateFromMajor(
    text(record, 'amount'),
    text(record, 'deal_currency_code') ?? api.account['currency'],
  ),
  pipeline_id: text(record, 'pipeline'),
  stage_id: text(record, 'dealstage'),
  closes_at: text(record, 'closedate'),
  owner_id: text(record, 'hubspot_owner_id'),
});
