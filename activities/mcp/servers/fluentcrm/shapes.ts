import * as z from 'zod';
import { at, byPage, type Paging } from '../../kit/paging.ts';

/** Laravel's numbered pages; the response holds the items under the name of the list. */
export function pagesOf(noun: string): Paging {
  return byPage({
    items: `${noun}.data`,
    page: 'page',
    limit: 'per_page',
    pages: ({ body }) => Number(at(body, `${noun}.last_page`)),
  });
}

export const maxPage = 100;
export const id = z.int().min(1);
export const ids = z.array(id).min(1).max(500);

/** A number or its text, depending on the site's database. */
export const number = z.coerce.number<number | string>().int();
/** Site-local times without a zone: `2026-11-23 09:00:00`. */
const siteTime = z.string().nullish();
export const toLocal = (moment: z.output<typeof siteTime>) => moment?.replace(' ', 'T') ?? null;

const crmLabel = z.object({ id: number, title: z.string(), slug: z.string() });
const label = z.object({ id: z.int(), title: z.string(), slug: z.string() });

export const statuses = ['subscribed', 'pending', 'unsubscribed', 'bounced', 'complained'] as const;

export const crmContact = z.object({
  id: number,
  email: z.string(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  status: z.string(),
  contact_type: z.string().nullish(),
  phone: z.string().nullish(),
  tags: z.array(crmLabel).nullish(),
  lists: z.array(crmLabel).nullish(),
});
export const contact = z.object({
  id: z.int(),
  email: z.string(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  status: z.string(),
  type: z.string().nullable(),
  phone: z.string().nullable(),
  tags: z.array(label),
  lists: z.array(label),
});
export const toContact = (from: z.output<typeof crmContact>) => ({
  id: from.id,
  email: from.email,
  first_name: from.first_name ?? null,
  last_name: from.last_name ?? null,
  status: from.status,
  type: from.contact_type ?? null,
  phone: from.phone ?? null,
  tags: from.tags ?? [],
  lists: from.lists ?? [],
});

export const crmCampaign = z.object({
  id: number,
  title: z.string(),
  status: z.string(),
  email_subject: z.string().nullish(),
  recipients_count: number.nullish(),
  scheduled_at: siteTime,
});
export const campaign = z.object({
  id: z.int(),
  title: z.string(),
  status: z.string().describe('draft, pending-scheduled, processing, scheduled, working, paused or archived'),
  subject: z.string().nullable(),
  recipients: z.int(),
  send_at_local: z.string().nullable().describe('By the clock of the site'),
});
export const toCampaign = (from: z.output<typeof crmCampaign>) => ({
  id: from.id,
  title: from.title,
  status: from.status,
  subject: from.email_subject ?? null,
  recipients: from.recipients_count ?? 0,
  send_at_local: toLocal(from.scheduled_at),
});
