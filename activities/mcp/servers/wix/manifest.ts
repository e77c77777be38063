import { fieldsOf, problemByStatus } from '../../kit/answers.ts';
import { signHeaders } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';
import { webhook } from './webhook.ts';

/** The error of the application, or the fields that validation rejected. */
function problemOf(reply: Reply): Problem | null {
  return problemByStatus(reply, {
    code: 'details.applicationError.code',
    message: 'message',
    fields: (body) => fieldsOf(at(body, 'details.validationError.fieldViolations'), 'field', 'description'),
  });
}

export const manifest = defineManifest({
  name: 'wix',
  title: 'Wix',
  summary: 'Contacts, orders, blog and data collections of a Wix site.',
  category: 'website',
  priority: 'common',
  version: '1.0.1',
  docsUrl: 'https://dev.wix.com/docs/rest',
  credentials: [
    {
      key: 'apiKey',
      label: 'API key',
      hint: 'At manage.wix.com/account/api-keys, with the permissions of the site.',
      secret: true,
      pattern: '^IST\\.[A-Za-z0-9_.-]+$',
      placeholder: 'IST.…',
    },
    {
      key: 'siteId',
      label: 'Site id',
      hint: 'In the address of the dashboard, after /dashboard/.',
      secret: false,
      pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
    },
    {
      key: 'webhookPublicKey',
      label: 'Public key of the app',
      hint: 'Needed to receive events; it begins with -----BEGIN PUBLIC KEY-----.',
      secret: false,
      optional: true,
    },
  ],
  auth: { kind: 'key', sign: signHeaders({ authorization: 'apiKey', 'wix-site-id': 'siteId' }) },
  api: { baseUrl: 'https://www.wixapis.com', requestId: 'x-wix-request-id', problemOf },
  webhook,
  probe: { tool: 'wix_list_collections', arguments: { limit: 1 } },
});
