import type { Problem } from '../../kit/errors.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { jsonOf, secretAddress } from '../../kit/webhooks.ts';
import { wordPressApi, wordPressAuth, wordPressFields, wordPressProblemOf } from '../../kit/wordpress.ts';

/** A field's messages: a list, or one for each rule that was broken. */
function firstText(messages: unknown): string {
  if (messages === null || typeof messages !== 'object') return String(messages);
  return String(Object.values(messages)[0]);
}

function fieldsOf(body: unknown): Record<string, string> {
  const errors = at(body, 'errors');
  if (errors === null || typeof errors !== 'object') return {};
  return Object.fromEntries(Object.entries(errors).map(([name, texts]) => [name, firstText(texts)]));
}

/** WordPress' own errors, and those of the plugin: 422 names fields, 423 means that the state doesn't allow it. */
function problemOf(reply: Reply): Problem | null {
  const problem = wordPressProblemOf(reply);
  if (!problem) return null;
  if (problem.code === 'rest_no_route') {
    return { kind: 'refused', code: 'no_fluentcrm', message: 'FluentCRM is not switched on at this site.' };
  }
  const fields = fieldsOf(reply.body);
  return {
    ...problem,
    ...(reply.status === 423 && { kind: 'refused' as const }),
    ...(Object.keys(fields).length > 0 && { fields }),
  };
}

export const manifest = defineManifest({
  name: 'fluentcrm',
  title: 'FluentCRM',
  summary: 'Keep contacts, tags and email campaigns in the FluentCRM of your WordPress site.',
  category: 'customers',
  priority: 'common',
  version: '1.0.1',
  docsUrl: 'https://developers.fluentcrm.com/rest-api/',
  credentials: wordPressFields,
  auth: wordPressAuth,
  api: wordPressApi('/fluent-crm/v2', problemOf),
  // Its automations post a contact to an address and sign nothing.
  webhook: secretAddress({
    summary: 'secret address; deliveries are not signed',
    read(delivery) {
      const payload = jsonOf(delivery) ?? Object.fromEntries(new URLSearchParams(delivery.raw.toString()));
      return 'email' in payload ? { type: 'contact', payload } : null;
    },
  }),
  probe: { tool: 'fluentcrm_list_labels', arguments: { kind: 'list', limit: 1 } },
});
