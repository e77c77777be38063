import type { CredentialField } from '../../../db/domain/integrations/credential-field.ts';
import { problemByStatus } from './answers.ts';
import { type Auth, signBasic } from './auth.ts';
import type { Credentials } from './credentials.ts';
import type { Problem } from './errors.ts';
import { at } from './paging.ts';
import type { ApiProfile } from './vendor-api.ts';
import type { Reply } from './request.ts';

/** Credentials for the REST API of a WordPress site: its URL, and the application password of one of its users. */
export const wordPressFields: readonly CredentialField[] = [
  {
    key: 'siteUrl',
    label: 'Address of the site',
    hint: 'As people type it, with https and without /wp-admin.',
    secret: false,
    pattern: '^https?://\\S+$',
    placeholder: 'https://www.example.com',
  },
  { key: 'user', label: 'User name', hint: 'The name this person signs in with.', secret: false },
  {
    key: 'applicationPassword',
    label: 'Application password',
    hint: 'In WordPress under Users, Profile, Application Passwords. It is not the password for signing in.',
    secret: true,
    pattern: '^([A-Za-z0-9]{4} ?){6}$',
    placeholder: 'abcd EFGH 1234 ijkl MNOP 5678',
  },
];

export const wordPressAuth: Auth = { kind: 'key', sign: signBasic('user', 'applicationPassword') };

/** The routes of a site below `/wp-json` and `namespace`; `problemOf` adds what a plugin's own errors need. */
export function wordPressApi(
  namespace: string,
  problemOf: (reply: Reply) => Problem | null = wordPressProblemOf,
): ApiProfile {
  return {
    baseUrl: ({ siteUrl = '' }: Credentials) => `${addressOf(siteUrl)}/wp-json${namespace}`,
    hostOfTenant: true,
    problemOf,
  };
}

const ownMachine = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** Without HTTPS the password could be read in transit, so plain HTTP is accepted on loopback only. */
function addressOf(siteUrl: string): string {
  const url = URL.canParse(siteUrl) ? new URL(siteUrl) : null;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && ownMachine.test(url.hostname));
  if (!url || !safe) throw new RangeError('Enter the address of the site, beginning with https.');
  return url.origin + url.pathname.replace(/\/+$/, '');
}

/** WordPress' error object. A body that isn't JSON didn't come from the REST API but from a proxy in front of it. */
export function wordPressProblemOf(reply: Reply): Problem | null {
  const problem = problemByStatus(reply, {
    code: 'code',
    message: 'message',
    fields: (body) => textsOf(at(body, 'data.params')),
  });
  if (!problem) return null;
  const moved = reply.status < 400 && reply.headers['location'];
  if (moved) return elsewhere('site_moved', `The site sends visitors on to ${moved}: connect that address.`);
  if (problem.kind === 'not-found' && typeof reply.body === 'string') {
    return elsewhere('no_rest_api', 'There is no WordPress with its REST API at this address.');
  }
  return {
    ...problem,
    message: plain(problem.message),
    // WordPress sends its own errors without a status as 500; only a crash leaves the outcome unknown.
    ...(reply.status === 500 && isOwn(problem.code) && { kind: 'refused' as const }),
  };
}

const isOwn = (code: string) => code !== 'internal_server_error' && !code.startsWith('http_');

const elsewhere = (code: string, message: string): Problem => ({ kind: 'invalid', code, message });

function textsOf(params: unknown): Record<string, string> {
  const entries = params !== null && typeof params === 'object' ? Object.entries(params) : [];
  return Object.fromEntries(entries.map(([name, text]) => [name, plain(String(text))]));
}

/** A WordPress text without markup. */
export function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_all, code) => String.fromCodePoint(Number(code)))
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim();
}
