import * as z from 'zod';
import { graphPages } from '../../kit/graph.ts';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path, type VendorApi } from '../../kit/vendor-api.ts';
import { businessAccount } from './numbers.ts';

export const templateName = z
  .string()
  .max(512)
  .regex(/^[a-z0-9_]+$/, 'Use small letters, digits and underscores');
export const languageCode = z.string().regex(/^[a-z]{2,3}(_[A-Z]{2,3})?$/, 'Use a code such as en or en_US');

const component = z.object({ type: z.string(), text: z.string().nullish() });
const template = z.object({
  id: z.string(),
  name: z.string(),
  language: z.string(),
  status: z.string(),
  category: z.string(),
  components: z.array(component).nullish(),
});

const templatesPath = (api: VendorApi) => path`/${businessAccount(api)}/message_templates`;

/** Placeholders such as {{1}} in a text, for which Meta requires an example value. */
const placesIn = (text: string) => new Set(text.match(/\{\{\d+\}\}/g)).size;

export const templateTools = [
  defineTool({
    name: 'whatsapp_list_templates',
    title: 'List templates',
    description: 'Message templates with their text and whether Meta has approved them.',
    risk: 'read',
    input: { name: templateName.optional(), ...pageInput(100) },
    example: { name: 'quote_ready', limit: 25 },
    output: pageOutput(
      z.object({
        id: z.string(),
        name: z.string(),
        language: z.string(),
        status: z.string(),
        category: z.string(),
        body: z.string().nullable(),
      }),
    ),
    async run({ name, ...asked }, api) {
      const page = await api.list(templatesPath(api), template, graphPages, asked, { query: { name } });
      return {
        ...page,
        items: page.items.map((one) => ({
          id: one.id,
          name: one.name,
          language: one.language,
          status: one.status.toLowerCase(),
          category: one.category.toLowerCase(),
          body: one.components?.find(({ type }) => type === 'BODY')?.text ?? null,
        })),
      };
    },
  }),

  defineTool({
    name: 'whatsapp_create_template',
    title: 'Create template',
    description:
      'Hands a message template to Meta for approval. Places for values are {{1}}, {{2}} and so on, with one example each.',
    risk: 'write',
    looksFirst: true,
    input: {
      name: templateName,
      language: languageCode,
      category: z.enum(['marketing', 'utility']),
      body: z.string().min(1).max(1_024),
      examples: z.array(z.string().min(1).max(200)).max(20).default([]),
      footer: z.string().min(1).max(60).optional(),
    },
    example: {
      name: 'quote_ready',
      language: 'en',
      category: 'utility',
      body: 'Hello {{1}}, your quote {{2}} is ready. Ask us whatever you like.',
      examples: ['Ada', 'Q-2026-118'],
      footer: 'Lovelace Care',
    },
    output: z.object({ id: z.string(), status: z.string() }),
    async run({ name, language, category, body, examples, footer }, api) {
      const places = placesIn(body);
      if (places !== examples.length) {
        api.refuse('examples', `The text has ${places} places for values. Give one example for each.`);
      }
      const made = await api.createOnce({
        // A name is unique per language, and Meta also matches prefixes of names.
        async find() {
          const { items } = await api.list(
            templatesPath(api),
            template,
            graphPages,
            { limit: 100 },
            { query: { name } },
          );
          const there = items.find((one) => one.name === name && one.language === language);
          const same = there?.components?.some(({ type, text }) => type === 'BODY' && text === body);
          if (there && !same) api.refuse('name', 'There is another template of this name in this language.');
          return there ?? null;
        },
        create: () =>
          api.post(templatesPath(api), z.object({ id: z.string(), status: z.string() }), {
            body: {
              name,
              language,
              category: category.toUpperCase(),
              components: [
                {
                  type: 'BODY',
                  text: body,
                  ...(places > 0 && { example: { body_text: [examples] } }),
                },
                ...(footer ? [{ type: 'FOOTER', text: footer }] : []),
              ],
            },
          }),
      });
      return { id: made.id, status: made.status.toLowerCase() };
    },
  }),

  defineTool({
    name: 'whatsapp_delete_template',
    title: 'Delete template',
    description: 'Deletes a template in all its languages. Its name cannot be used again for 30 days.',
    risk: 'destructive',
    idempotent: true,
    input: { name: templateName },
    example: { name: 'quote_ready' },
    output: z.object({ deleted: z.literal(true) }),
    async run({ name }, api) {
      await api.delete(templatesPath(api), z.object({}), { query: { name } });
      return { deleted: true as const };
    },
  }),
];
