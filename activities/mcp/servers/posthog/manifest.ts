import { problemByStatus } from '../../kit/answers.ts';
import { signBearer } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';

function problemOf(reply: Reply): Problem | null {
  const problem = problemByStatus(reply, { code: 'code', message: 'detail' });
  const attr = at(reply.body, 'attr');
  return problem && typeof attr === 'string' && attr !== ''
    ? { ...problem, fields: { [attr]: problem.message } }
    : problem;
}

export const manifest = defineManifest({
  name: 'posthog',
  title: 'PostHog',
  summary: 'See what people do in a product, and switch features on and off.',
  category: 'analytics',
  priority: 'common',
  version: '1.0.1',
  docsUrl: 'https://posthog.com/docs/api',
  credentials: [
    {
      key: 'apiKey',
      label: 'Personal API key',
      hint: 'In PostHog under personal API keys, limited to this project and to the scopes you want to allow.',
      secret: true,
      pattern: '^phx_[A-Za-z0-9_-]+$',
      placeholder: 'phx_…',
    },
    {
      key: 'host',
      label: 'Address',
      hint: 'https://us.posthog.com, https://eu.posthog.com or the address of your own installation.',
      secret: false,
      pattern: '^https://[A-Za-z0-9.-]+(:\\d{1,5})?$',
      placeholder: 'https://eu.posthog.com',
    },
    { key: 'projectId', label: 'Project', hint: 'Its number.', secret: false, pattern: '^\\d{1,12}$' },
    {
      key: 'projectToken',
      label: 'Project token',
      hint: 'Only for sending events; it stands in the code of every page and is no secret.',
      secret: false,
      optional: true,
      pattern: '^phc_[A-Za-z0-9_-]+$',
    },
  ],
  auth: { kind: 'key', sign: signBearer('apiKey') },
  api: {
    baseUrl({ host = '' }) {
      // The key isn't sent anywhere when the URL is invalid.
      if (!/^https:\/\/[a-z0-9.-]+(:\d+)?$/i.test(host))
        throw new RangeError('Enter the address of PostHog.');
      return host;
    },
    hostOfTenant: true,
    problemOf,
  },
  webhook: null,
  probe: { tool: 'posthog_get_project', arguments: {} },
});
