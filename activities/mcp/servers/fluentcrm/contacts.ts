import * as z from 'zod';
import { VendorError } from '../../kit/errors.ts';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import { plain } from '../../kit/wordpress.ts';
import { contact, crmContact, id, ids, maxPage, number, pagesOf, statuses, toContact } from './shapes.ts';

const kind = z.enum(['tag', 'list']);
type Kind = z.output<typeof kind>;
const nounOf = (of: Kind) => (of === 'tag' ? 'tags' : 'lists');

const crmLabel = z.object({
  id: number,
  title: z.string(),
  slug: z.string(),
  subscribersCount: number.nullish(),
});
const label = z.object({ id: z.int(), title: z.string(), slug: z.string(), contacts: z.int().nullable() });
const toLabel = ({ subscribersCount, ...from }: z.output<typeof crmLabel>) => ({
  ...from,
  contacts: subscribersCount ?? null,
});

/** Contacts who unsubscribed, complained or bounced aren't resubscribed as a side effect. */
const away: readonly string[] = ['unsubscribed', 'bounced', 'complained'];

async function findByEmail(api: VendorApi, email: string) {
  try {
    const answer = z.object({ subscriber: crmContact });
    return (await api.get('/subscribers/0', answer, { query: { get_by_email: email } })).subscriber;
  } catch (error) {
    if (error instanceof VendorError && error.kind === 'not-found') return null;
    throw error;
  }
}

const notePages = pagesOf('notes');
const crmNote = z.object({ id: number, title: z.string(), description: z.string().nullish() });

export const contactTools = [
  defineTool({
    name: 'fluentcrm_list_contacts',
    title: 'List contacts',
    description: 'Contacts, newest first: by words in name or address, tags, lists and status.',
    risk: 'read',
    input: {
      words: z.string().min(1).max(200).optional(),
      tag_ids: ids.optional(),
      list_ids: ids.optional(),
      statuses: z.array(z.enum(statuses)).min(1).max(statuses.length).optional(),
      ...pageInput(maxPage),
    },
    example: { words: 'ada', tag_ids: [3], statuses: ['subscribed'], limit: 10 },
    output: pageOutput(contact),
    async run({ words, tag_ids, list_ids, statuses: wanted, ...asked }, api) {
      const query = { search: words, 'tags[]': tag_ids, 'lists[]': list_ids, 'statuses[]': wanted };
      const page = await api.list('/subscribers', crmContact, pagesOf('subscribers'), asked, { query });
      return { ...page, items: page.items.map(toContact) };
    },
  }),

  defineTool({
    name: 'fluentcrm_get_contact',
    title: 'Find contact',
    description: 'One contact by email address, with tags and lists; null when there is none.',
    risk: 'read',
    input: { email: z.email().max(190) },
    example: { email: 'ada@example.com' },
    output: z.object({ contact: contact.nullable() }),
    async run({ email }, api) {
      const found = await findByEmail(api, email);
      return { contact: found && toContact(found) };
    },
  }),

  defineTool({
    name: 'fluentcrm_save_contact',
    title: 'Save contact',
    description:
      'Adds a contact, or changes the one with this email address; tags and lists are added to those it has. Who unsubscribed, bounced or complained stays so unless `resubscribe` is set, which needs their consent.',
    risk: 'write',
    idempotent: true,
    input: {
      email: z.email().max(190),
      status: z.enum(['subscribed', 'pending', 'unsubscribed']).default('pending'),
      first_name: z.string().max(190).optional(),
      last_name: z.string().max(190).optional(),
      phone: z.string().max(50).optional(),
      city: z.string().max(190).optional(),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, 'Two capital letters')
        .optional(),
      type: z.enum(['lead', 'customer']).optional(),
      tag_ids: ids.optional(),
      list_ids: ids.optional(),
      resubscribe: z.boolean().default(false),
    },
    example: {
      email: 'ada@example.com',
      status: 'subscribed',
      first_name: 'Ada',
      last_name: 'Lovelace',
      country: 'GB',
      type: 'lead',
      tag_ids: [3],
      list_ids: [1],
    },
    output: contact.extend({ created: z.boolean() }),
    async run({ status, type, tag_ids, list_ids, resubscribe, ...fields }, api) {
      const known = await findByEmail(api, fields.email);
      const stays = known !== null && away.includes(known.status) && !resubscribe;
      const answer = z.object({ contact: crmContact, action_type: z.string() });
      const saved = await api.post('/subscribers', answer, {
        body: {
          ...fields,
          status: stays ? known.status : status,
          contact_type: type,
          tags: tag_ids,
          lists: list_ids,
          __force_update: 'yes',
        },
        repeatable: true,
      });
      return { ...toContact(saved.contact), created: saved.action_type === 'created' };
    },
  }),

  defineTool({
    name: 'fluentcrm_label_contacts',
    title: 'Tag contacts',
    description: 'Gives tags or lists to contacts, or takes them away. Automations may start by it.',
    risk: 'write',
    idempotent: true,
    input: { contact_ids: ids, kind, label_ids: ids, action: z.enum(['add', 'remove']).default('add') },
    example: { contact_ids: [12, 15], kind: 'tag', label_ids: [3], action: 'add' },
    output: z.object({ contacts: z.int() }),
    async run({ contact_ids, kind: of, label_ids, action }, api) {
      const answer = z.object({ completed_contacts: number });
      const done = await api.post('/subscribers/do-bulk-action', answer, {
        body: {
          action_name: `${action === 'add' ? 'add_to' : 'remove_from'}_${nounOf(of)}`,
          subscriber_ids: contact_ids,
          action_options: label_ids,
        },
        repeatable: true,
      });
      return { contacts: done.completed_contacts };
    },
  }),

  defineTool({
    name: 'fluentcrm_add_note',
    title: 'Add note',
    description: 'Writes a note beside a contact; the same note twice is kept once.',
    risk: 'write',
    idempotent: true,
    looksFirst: true,
    input: {
      contact_id: id,
      title: z.string().min(1).max(190),
      text: z.string().min(1).max(10_000),
      type: z.enum(['note', 'call', 'email', 'meeting', 'activity']).default('note'),
    },
    example: {
      contact_id: 12,
      title: 'Asked for an offer',
      text: 'Wants twenty cakes in May.',
      type: 'call',
    },
    output: z.object({ id: z.int() }),
    async run({ contact_id, title, text, type }, api) {
      const address = path`/subscribers/${contact_id}/notes`;
      const isIt = (note: z.output<typeof crmNote>) =>
        plain(note.title) === title.trim() && plain(note.description ?? '') === text.trim();
      const find = async () => {
        const { items } = await api.list(address, crmNote, notePages, { limit: 50 });
        return items.find(isIt) ?? null;
      };
      const note = { title: title.trim(), description: escaped(text.trim()), type };
      const create = async () =>
        (await api.post(address, z.object({ note: crmNote }), { body: { note } })).note;
      return { id: (await api.createOnce({ find, create })).id };
    },
  }),

  defineTool({
    name: 'fluentcrm_list_labels',
    title: 'List tags or lists',
    description: 'Tags or lists with how many subscribed contacts each has.',
    risk: 'read',
    input: { kind, words: z.string().min(1).max(190).optional(), ...pageInput(maxPage) },
    example: { kind: 'tag', words: 'customer', limit: 10 },
    output: pageOutput(label),
    async run({ kind: of, words, ...asked }, api) {
      const noun = nounOf(of);
      const page = await api.list(`/${noun}`, crmLabel, pagesOf(noun), asked, { query: { search: words } });
      return { ...page, items: page.items.map(toLabel) };
    },
  }),

  defineTool({
    name: 'fluentcrm_create_label',
    title: 'Create tag or list',
    description: 'Adds a tag or a list; one with this title that is there already comes back instead.',
    risk: 'write',
    idempotent: true,
    looksFirst: true,
    input: { kind, title: z.string().trim().min(1).max(190), description: z.string().max(190).optional() },
    example: { kind: 'tag', title: 'Asked for an offer' },
    output: label,
    async run({ kind: of, ...fields }, api) {
      const noun = nounOf(of);
      const find = async () => {
        const asked = { limit: maxPage };
        const query = { search: fields.title };
        const { items } = await api.list(`/${noun}`, crmLabel, pagesOf(noun), asked, { query });
        return items.find(({ title }) => title.toLowerCase() === fields.title.toLowerCase()) ?? null;
      };
      const create = async () =>
        (await api.post(`/${noun}`, z.object({ lists: crmLabel }), { body: fields })).lists;
      return toLabel(await api.createOnce({ find, create }));
    },
  }),
];

/** FluentCRM stores notes as HTML; the tool takes plain text. */
function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
