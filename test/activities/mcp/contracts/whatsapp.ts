import { defineContract, json, type Memory, ok, operation, type Recorded } from '../upstream/contract.ts';
import { byToken } from '../upstream/pages.ts';
import {
  among,
  between,
  commaSeparated,
  constant,
  either,
  email,
  flag,
  list,
  matching,
  type Members,
  object,
  text,
  upTo,
  url,
} from '../upstream/shapes.ts';
import { graphCredentials, graphErrors, graphHeaders, graphPage, graphQuery } from './graph-basics.ts';

const id = matching(/^\d+$/);
const wamid = matching(/^wamid\.\S+$/);
const paging = { 'limit?': between(1, 100), 'after?': text, 'before?': text };
const pages = byToken({ param: 'after', size: 'limit', standard: 25, answer: graphPage });
const templateName = matching(/^[a-z0-9_]{1,512}$/);

const message = (type: string, members: Members) =>
  object({
    messaging_product: constant('whatsapp'),
    recipient_type: constant('individual'),
    to: matching(/^[1-9]\d{6,14}$/),
    type: constant(type),
    'context?': object({ message_id: wamid }),
    ...members,
  });
const file = { link: url, 'caption?': upTo(1_024) };

const body = (request: Recorded) => request.body as Record<string, unknown>;
let sent = 0;
const isReceipt = (request: Recorded) => body(request)['status'] === 'read';

const template = (n: number, given: object = {}) => ({
  id: String(n),
  name: 'quote_ready',
  language: 'de',
  status: 'APPROVED',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Hello {{1}}' }],
  ...given,
});

/** What was handed in before is found by its name. */
function templates(request: Recorded, memory: Memory) {
  const made = memory
    .effects('createTemplate')
    .map((effect, n) => template(900 + n, { ...body(effect.request), status: 'PENDING' }));
  return made.length > 0 && request.query['name'] !== undefined
    ? ok(graphPage(made, undefined))
    : pages((n) => template(n))(request, memory);
}

/** WhatsApp Cloud API: an accepted message is not a delivered one, and there is no key that says "the same again". */
export const contract = defineContract({
  name: 'whatsapp',
  baseUrl: 'https://graph.facebook.com/v25.0',
  credentials: { ...graphCredentials, businessAccountId: '310044118820', phoneNumberId: '118820044031' },
  headers: graphHeaders,
  query: graphQuery,
  errors: graphErrors,
  vendor: {
    kind: 'openapi',
    files: ['whatsapp/business-messaging-api_v23.0.yaml'],
    defects: [
      { violation: /query\.appsecret_proof: is not/, why: 'Graph takes the proof with every request' },
      {
        violation: /^listTemplates: query\.(fields|limit|after|before): is not/,
        why: 'all lists of Graph have pages and fields',
      },
      {
        violation: /^createTemplate: body\.components\[\d+\]\.example: is not/,
        why: 'it shows only the template of a one-time password',
      },
      {
        violation:
          /^sendMessage: body(\.\w+: is missing|\.(status|message_id): is not \w+|: must match a schema in anyOf)$/,
        why: 'it leaves out read receipts, which go to the same address',
      },
    ],
  },
  operations: [
    operation({
      id: 'sendMessage',
      route: 'POST /v25.0/{phone}/messages',
      path: { phone: id },
      body: json(
        either(
          message('text', { text: object({ body: upTo(4_096), 'preview_url?': flag }) }),
          message('template', {
            template: object({
              name: templateName,
              language: object({
                policy: constant('deterministic'),
                code: matching(/^[a-z]{2,3}(_[A-Z]{2,3})?$/),
              }),
              'components?': list(
                object({
                  type: among('header', 'body'),
                  parameters: list(object({ type: constant('text'), text }), 1),
                }),
              ),
            }),
          }),
          message('image', { image: object(file) }),
          message('document', { document: object({ ...file, 'filename?': upTo(240) }) }),
          object({ messaging_product: constant('whatsapp'), status: constant('read'), message_id: wamid }),
        ),
      ),
      describedAs: 'sendMessage',
      // Marking a message as read twice has one effect; sending a message twice sends two.
      sameWhen: (request) => request.raw.toString() + (isReceipt(request) ? '' : String((sent += 1))),
      answer: (request, memory) =>
        isReceipt(request)
          ? ok({ success: true })
          : ok({
              messaging_product: 'whatsapp',
              contacts: [{ input: body(request)['to'], wa_id: body(request)['to'] }],
              messages: [{ id: `wamid.HBgN${memory.number()}=`, message_status: 'accepted' }],
            }),
    }),
    operation({
      id: 'listTemplates',
      route: 'GET /v25.0/{account}/message_templates',
      path: { account: id },
      query: { 'name?': templateName, 'fields?': text, ...paging },
      answer: templates,
    }),
    operation({
      id: 'createTemplate',
      route: 'POST /v25.0/{account}/message_templates',
      path: { account: id },
      body: json(
        object({
          name: templateName,
          language: matching(/^[a-z]{2,3}(_[A-Z]{2,3})?$/),
          category: among('AUTHENTICATION', 'MARKETING', 'UTILITY'),
          components: list(
            either(
              object({
                type: constant('BODY'),
                text: upTo(1_024),
                'example?': object({ body_text: list(list(text, 1), 1, 1) }),
              }),
              object({ type: constant('FOOTER'), text: upTo(60) }),
            ),
            1,
          ),
        }),
      ),
      answer: (request, memory) =>
        ok({ id: String(800 + memory.number()), status: 'PENDING', category: body(request)['category'] }),
    }),
    operation({
      id: 'deleteTemplate',
      route: 'DELETE /v25.0/{account}/message_templates',
      path: { account: id },
      query: { name: templateName, 'hsm_id?': id },
      sameWhen: (request) => String(request.query['name']),
      answer: ok({ success: true }),
    }),
    operation({
      id: 'listNumbers',
      route: 'GET /v25.0/{account}/phone_numbers',
      path: { account: id },
      query: {
        'fields?': commaSeparated(
          among(
            'id',
            'display_phone_number',
            'verified_name',
            'quality_rating',
            'messaging_limit_tier',
            'status',
          ),
        ),
        ...paging,
      },
      answer: pages((n) => ({
        id: String(n),
        display_phone_number: '+49 1511 2345678',
        verified_name: 'Lovelace Care',
        quality_rating: 'GREEN',
        messaging_limit_tier: 'TIER_1K',
      })),
    }),
    operation({
      id: 'updateProfile',
      route: 'POST /v25.0/{phone}/whatsapp_business_profile',
      path: { phone: id },
      body: json(
        object({
          messaging_product: constant('whatsapp'),
          'about?': upTo(139),
          'address?': upTo(256),
          'description?': upTo(256),
          'email?': email,
          'websites?': list(url, 0, 2),
          'vertical?': matching(/^[A-Z_]+$/),
        }),
      ),
      sameWhen: (request) => request.raw.toString(),
      answer: ok({ success: true }),
    }),
  ],
});
