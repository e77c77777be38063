import { createHash } from 'node:crypto';
import * as z from 'zod';
import { fromMajor, moneySchema } from '../../kit/money.ts';
import { byOffset, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { queryPages, searchPages } from './paging.ts';
import { richContent } from './rich-content.ts';

const text = (max: number) => z.string().min(1).max(max);
const collectionId = z.string().regex(/^[\w/@.-]{1,256}$/, 'Use the id of a collection');
const fieldKey = z.string().regex(/^[A-Za-z_][\w.]{0,99}$/, 'Use the key of a field');
const fieldValue = z.union([z.string().max(100_000), z.number(), z.boolean(), z.null()]);

const wixContact = z.object({
  id: z.string(),
  primaryInfo: z.object({ email: z.string().nullish(), phone: z.string().nullish() }).nullish(),
  info: z
    .object({ name: z.object({ first: z.string().nullish(), last: z.string().nullish() }).nullish() })
    .nullish(),
});
const contact = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});
const toContact = ({ id, primaryInfo, info }: z.output<typeof wixContact>) => ({
  id,
  name: [info?.name?.first, info?.name?.last].filter(Boolean).join(' '),
  email: primaryInfo?.email ?? null,
  phone: primaryInfo?.phone ?? null,
});

const wixOrder = z.object({
  id: z.string(),
  number: z.string(),
  createdDate: z.string(),
  status: z.string(),
  paymentStatus: z.string(),
  fulfillmentStatus: z.string(),
  currency: z.string(),
  buyerInfo: z.object({ contactId: z.string().nullish(), email: z.string().nullish() }).nullish(),
  priceSummary: z.object({ total: z.object({ amount: z.string() }) }),
});
const order = z.object({
  id: z.string(),
  number: z.string(),
  ordered_at: z.string(),
  status: z.string(),
  payment_status: z.string(),
  fulfillment_status: z.string(),
  contact_id: z.string().nullable(),
  email: z.string().nullable(),
  total: moneySchema,
});

const dataItem = z.object({ id: z.string(), data: z.record(z.string(), z.unknown()) });

export const tools = [
  defineTool({
    name: 'wix_search_contacts',
    title: 'Search contacts',
    description: 'Contacts of the site, newest first; those who fit the words when given.',
    risk: 'read',
    input: { words: text(100).optional(), ...pageInput(1_000) },
    example: { words: 'ada', limit: 10 },
    output: pageOutput(contact),
    async run({ words, ...asked }, api) {
      const pages = queryPages(
        'contacts',
        { sort: [{ fieldName: 'createdDate', order: 'DESC' }] },
        'pagingMetadata.total',
      );
      const page = await api.list('/contacts/v4/contacts/query', wixContact, pages, asked, {
        method: 'POST',
        body: { search: words },
      });
      return { ...page, items: page.items.map(toContact) };
    },
  }),

  defineTool({
    name: 'wix_create_contact',
    title: 'Create contact',
    description: 'Adds a contact, or returns the one who already has the email address.',
    risk: 'write',
    looksFirst: true,
    input: {
      email: z.email().max(254),
      first_name: text(100).optional(),
      last_name: text(100).optional(),
      phone: text(50).optional(),
      company: text(100).optional(),
    },
    example: { email: 'ada@example.com', first_name: 'Ada', last_name: 'Lovelace' },
    output: contact,
    async run({ email, first_name, last_name, phone, company }, api) {
      const info = {
        name: { first: first_name, last: last_name },
        emails: { items: [{ tag: 'MAIN', email, primary: true }] },
        phones: phone && { items: [{ tag: 'MAIN', phone, primary: true }] },
        company,
      };
      const made = await api.createOnce({
        async find() {
          const { contacts } = await api.post(
            '/contacts/v4/contacts/query',
            z.object({ contacts: z.array(wixContact) }),
            {
              body: {
                query: { filter: { 'primaryInfo.email': { $eq: email } }, paging: { limit: 1, offset: 0 } },
              },
              repeatable: true,
            },
          );
          return contacts[0] ?? null;
        },
        async create() {
          const answer = await api.post('/contacts/v4/contacts', z.object({ contact: wixContact }), {
            body: { info, allowDuplicates: false },
          });
          return answer.contact;
        },
      });
      return toContact(made);
    },
  }),

  defineTool({
    name: 'wix_list_orders',
    title: 'List orders',
    description: 'Orders of the shop, newest first; by payment or delivery when asked.',
    risk: 'read',
    input: {
      payment_status: z
        .enum(['NOT_PAID', 'PENDING', 'PAID', 'PARTIALLY_REFUNDED', 'FULLY_REFUNDED'])
        .optional(),
      fulfillment_status: z.enum(['NOT_FULFILLED', 'PARTIALLY_FULFILLED', 'FULFILLED']).optional(),
      ...pageInput(100),
    },
    example: { payment_status: 'PAID', fulfillment_status: 'NOT_FULFILLED', limit: 10 },
    output: pageOutput(order),
    async run({ payment_status, fulfillment_status, ...asked }, api) {
      const filter = {
        // Not placed yet: an open checkout.
        status: { $ne: 'INITIALIZED' },
        ...(payment_status && { paymentStatus: { $eq: payment_status } }),
        ...(fulfillment_status && { fulfillmentStatus: { $eq: fulfillment_status } }),
      };
      const pages = searchPages('orders', { filter, sort: [{ fieldName: 'createdDate', order: 'DESC' }] });
      const page = await api.list('/ecom/v1/orders/search', wixOrder, pages, asked, { method: 'POST' });
      const items = page.items.map((one) => ({
        id: one.id,
        number: one.number,
        ordered_at: one.createdDate,
        status: one.status,
        payment_status: one.paymentStatus,
        fulfillment_status: one.fulfillmentStatus,
        contact_id: one.buyerInfo?.contactId ?? null,
        email: one.buyerInfo?.email ?? null,
        total: fromMajor(one.priceSummary.total.amount, one.currency),
      }));
      return { ...page, items };
    },
  }),

  defineTool({
    name: 'wix_list_members',
    title: 'List members',
    description: 'People who can sign in to the site. A blog post needs the id of one as its author.',
    risk: 'read',
    input: pageInput(100),
    example: { limit: 10 },
    output: pageOutput(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        email: z.string().nullable(),
        status: z.string(),
      }),
    ),
    async run(asked, api) {
      const member = z.object({
        id: z.string(),
        loginEmail: z.string().nullish(),
        status: z.string().nullish(),
        profile: z.object({ nickname: z.string().nullish() }).nullish(),
      });
      const pages = queryPages('members', {}, 'metadata.total');
      const page = await api.list('/members/v1/members/query', member, pages, asked, {
        method: 'POST',
        body: { fieldsets: ['FULL'] },
      });
      const items = page.items.map(({ id, loginEmail, status, profile }) => ({
        id,
        name: profile?.nickname ?? null,
        email: loginEmail ?? null,
        status: status ?? 'UNKNOWN',
      }));
      return { ...page, items };
    },
  }),

  defineTool({
    name: 'wix_create_blog_draft',
    title: 'Draft blog post',
    description: 'Writes a draft for the blog: paragraphs between empty lines, headings after "## ".',
    risk: 'write',
    input: {
      title: text(200),
      content: text(100_000),
      excerpt: text(500).optional(),
      author_member_id: z.uuid().describe('From wix_list_members'),
    },
    example: {
      title: 'Our new opening hours',
      content: 'From December we open at eight.\n\n## On Saturdays\n\nWe close at two.',
      author_member_id: '3e7b1c90-45da-4f12-8a6c-d90c5be1f274',
    },
    output: z.object({ id: z.string(), title: z.string() }),
    async run({ title, content, excerpt, author_member_id }, api) {
      const draft = z.object({ id: z.string(), title: z.string() });
      const answer = await api.post('/blog/v3/draft-posts', z.object({ draftPost: draft }), {
        body: {
          draftPost: { title, excerpt, memberId: author_member_id, richContent: richContent(content) },
        },
      });
      return answer.draftPost;
    },
  }),

  defineTool({
    name: 'wix_publish_blog_post',
    title: 'Publish blog post',
    description: 'Puts a draft on the public blog.',
    risk: 'send',
    idempotent: true,
    input: { draft_id: z.uuid() },
    example: { draft_id: '91c0fa36-2d7e-4b58-9e03-6af41d85c7b2' },
    output: z.object({ post_id: z.string() }),
    async run({ draft_id }, api) {
      const { postId } = await api.post(
        path`/blog/v3/draft-posts/${draft_id}/publish`,
        z.object({ postId: z.string() }),
        { repeatable: true },
      );
      return { post_id: postId };
    },
  }),

  defineTool({
    name: 'wix_list_collections',
    title: 'List collections',
    description: 'The data collections of the site with their fields.',
    risk: 'read',
    input: pageInput(100),
    example: { limit: 10 },
    output: pageOutput(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        fields: z.array(z.object({ key: z.string(), type: z.string() })),
      }),
    ),
    async run(asked, api) {
      const collection = z.object({
        id: z.string(),
        displayName: z.string().nullish(),
        fields: z.array(z.object({ key: z.string(), type: z.string() })).nullish(),
      });
      const pages = byOffset({
        items: 'collections',
        offset: 'paging.offset',
        limit: 'paging.limit',
        total: 'pagingMetadata.total',
      });
      const page = await api.list('/wix-data/v2/collections', collection, pages, asked);
      const items = page.items.map(({ id, displayName, fields }) => ({
        id,
        name: displayName ?? null,
        fields: fields ?? [],
      }));
      return { ...page, items };
    },
  }),

  defineTool({
    name: 'wix_query_items',
    title: 'Query items',
    description: 'Items of a data collection whose fields have the given values, newest first.',
    risk: 'read',
    input: {
      collection_id: collectionId,
      where: z.record(fieldKey, fieldValue).default({}).describe('Value by key of the field'),
      ...pageInput(1_000),
    },
    example: { collection_id: 'References', where: { published: true }, limit: 10 },
    output: pageOutput(dataItem),
    async run({ collection_id, where, ...asked }, api) {
      const filter = Object.fromEntries(Object.entries(where).map(([key, value]) => [key, { $eq: value }]));
      const pages = queryPages('dataItems', {
        filter,
        sort: [{ fieldName: '_createdDate', order: 'DESC' }],
      });
      return api.list('/wix-data/v2/items/query', dataItem, pages, asked, {
        method: 'POST',
        body: { dataCollectionId: collection_id },
      });
    },
  }),

  defineTool({
    name: 'wix_save_item',
    title: 'Save item',
    description: 'Adds an item to a data collection; with an id, replaces all fields of that item.',
    risk: 'write',
    idempotent: true,
    input: {
      collection_id: collectionId,
      item_id: text(50).optional(),
      fields: z.record(fieldKey, fieldValue),
    },
    example: { collection_id: 'References', fields: { title: 'Lovelace & Co', published: true } },
    output: dataItem,
    async run({ collection_id, item_id, fields }, api) {
      // Ids can be chosen: one derived from the key is the same in every attempt.
      const id = item_id ?? createHash('sha256').update(api.key).digest('hex').slice(0, 32);
      const answer = await api.post('/wix-data/v2/items/save', z.object({ dataItem }), {
        body: { dataCollectionId: collection_id, dataItem: { id, data: fields } },
        repeatable: true,
      });
      return answer.dataItem;
    },
  }),

  defineTool({
    name: 'wix_create_task',
    title: 'Create task',
    description: 'Adds a task to the dashboard of the site, about a contact when given.',
    risk: 'write',
    input: {
      title: text(200),
      details: text(3_000).optional(),
      due_at: z.iso.datetime().optional(),
      contact_id: z.uuid().optional(),
    },
    example: { title: 'Call back about the offer', due_at: '2026-11-27T10:00:00Z' },
    output: z.object({ id: z.string() }),
    async run({ title, details, due_at, contact_id }, api) {
      const { task } = await api.post(
        '/crm/tasks/v2/tasks',
        z.object({ task: z.object({ id: z.string() }) }),
        {
          body: {
            task: {
              title,
              description: details,
              dueDate: due_at,
              status: 'ACTION_NEEDED',
              contact: contact_id && { id: contact_id },
            },
          },
        },
      );
      return task;
    },
  }),
];
