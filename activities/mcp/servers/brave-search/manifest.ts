import { problemByStatus } from '../../kit/answers.ts';
import { signHeaders } from '../../kit/auth.ts';
import type { Problem } from '../../kit/errors.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';
import type { Reply } from '../../kit/request.ts';

/** An invalid parameter: its path as a list, and a message. */
function fieldsOf(body: unknown): Record<string, string> {
  const errors = at(body, 'error.meta.errors');
  const entries = (Array.isArray(errors) ? errors : []).flatMap((one: unknown): [string, string][] => {
    const place = at(one, 'loc');
    const field: unknown = Array.isArray(place) ? place.at(-1) : undefined;
    const said = at(one, 'msg');
    return typeof field === 'string' && typeof said === 'string' ? [[field, said]] : [];
  });
  return Object.fromEntries(entries);
}

/** Headers list every rate limit window, shortest first: the calls left, and the seconds until it resets. */
function waitOf({ headers }: Reply): number | undefined {
  const numbers = (name: string) => (headers[name] ?? '').split(',').map((part) => Number.parseInt(part, 10));
  const resets = numbers('x-ratelimit-reset');
  const waits = numbers('x-ratelimit-remaining').flatMap((left, i) => (left === 0 ? (resets[i] ?? []) : []));
  return waits.length > 0 ? Math.max(...waits) * 1_000 : undefined;
}

const kinds: Record<string, Problem['kind']> = {
  SUBSCRIPTION_TOKEN_INVALID: 'credentials',
  OPTION_NOT_IN_PLAN: 'permission',
  RESOURCE_NOT_ALLOWED: 'permission',
};

function problemOf(reply: Reply): Problem | null {
  const where = { code: 'error.code', message: 'error.detail', fields: fieldsOf };
  const problem = problemByStatus(reply, where);
  if (!problem) return null;
  const kind = kinds[problem.code] ?? problem.kind;
  const wait = kind === 'rate-limit' ? waitOf(reply) : undefined;
  return { ...problem, kind, ...(wait !== undefined && { retryAfterMs: wait }) };
}

export const manifest = defineManifest({
  name: 'brave-search',
  title: 'Brave Search',
  summary: 'Search the web, news, pictures, videos and places.',
  category: 'research',
  priority: 'common',
  version: '1.0.0',
  docsUrl: 'https://api-dashboard.search.brave.com/documentation',
  credentials: [
    {
      key: 'subscriptionToken',
      label: 'API key',
      hint: 'In the API dashboard of Brave Search under API keys.',
      secret: true,
    },
  ],
  auth: { kind: 'key', sign: signHeaders({ 'X-Subscription-Token': 'subscriptionToken' }) },
  api: { baseUrl: 'https://api.search.brave.com/res/v1', problemOf },
  webhook: null,
  probe: { tool: 'brave_search_web', arguments: { query: 'brave', limit: 1 } },
});
