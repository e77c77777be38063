import { problemByStatus } from '../../kit/answers.ts';
import { signBearer } from '../../kit/auth.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';

/** Messages by field, each field with a list. */
function fieldsOf(body: unknown): Record<string, string> {
  const errors = Object.entries((at(body, 'errors') ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    errors.flatMap(([field, said]): [string, string][] => {
      const first: unknown = Array.isArray(said) ? said[0] : said;
      return typeof first === 'string' ? [[field, first]] : [];
    }),
  );
}

export const manifest = defineManifest({
  name: 'zipwp',
  title: 'ZipWP',
  summary: 'Have a website drafted by AI: texts, pictures and a design that fits the business.',
  category: 'website',
  priority: 'common',
  version: '1.0.0',
  docsUrl: 'https://zipwp.com/docs/',
  credentials: [
    {
      key: 'token',
      label: 'Access token',
      hint: 'From app.zipwp.com, where a WordPress site is connected with the account.',
      secret: true,
    },
    { key: 'email', label: 'Email of the account', secret: false, pattern: '^[^@\\s]+@[^@\\s]+$' },
  ],
  auth: { kind: 'key', sign: signBearer('token') },
  api: {
    baseUrl: 'https://api.zipwp.com/api',
    problemOf: (reply) => problemByStatus(reply, { message: 'message', fields: fieldsOf }),
  },
  webhook: null,
  probe: { tool: 'zipwp_get_plan', arguments: {} },
});
