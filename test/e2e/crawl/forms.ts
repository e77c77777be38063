import { z } from 'zod';
import { areas } from '../../../api/areas.ts';
import type { Form } from '../../../api/kit/route.ts';
import { permissionsOf } from '../../../db/domain/permissions.ts';
import type { Role } from '../../../db/domain/roles.ts';
import type { Answer, Caller } from '../../support/api.ts';

/** Every form there is, from the route data. */
export const forms: readonly Form[] = areas
  .flatMap(({ routes }) => routes)
  .filter((route): route is Form => route.kind === 'form');

export function maySend(role: Role, { access }: Form): boolean {
  return access === 'public' || access === 'signed-in' || permissionsOf(role).has(access);
}

interface Shape {
  type?: string;
  properties?: Record<string, Shape>;
  oneOf?: Shape[];
  anyOf?: Shape[];
}

function namesOf(shape: Shape, prefix = ''): string[] {
  const own = Object.entries(shape.properties ?? {}).flatMap(([name, field]) =>
    field.properties ? namesOf(field, `${prefix}${name}.`) : [`${prefix}${name}`],
  );
  return [...own, ...[...(shape.oneOf ?? []), ...(shape.anyOf ?? [])].flatMap((one) => namesOf(one, prefix))];
}

/** Names of the fields that a form's schema knows. */
export function fieldsOf({ body }: Form): string[] {
  return [...new Set(namesOf(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) as Shape))];
}

/** The HTML of the form that is sent to `address`; empty where the page has none. */
export function formIn(html: string, address: string): string {
  const path = address.split('?')[0] ?? '';
  const all = html.match(/<form[^]*?<\/form>/g) ?? [];
  const sentHere = (form: string) => /\saction="([^"?]*)/.exec(form)?.[1] === path;
  return all.filter(sentHere).join('');
}

const unescaped = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Names and values of the fields with words in them, which is what a person loses. */
export function typedIn(form: string): Map<string, string> {
  const typed = new Map<string, string>();
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const attribute = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
    if (/^(?:password|hidden|checkbox|radio|file)$/.test(attribute('type'))) continue;
    if (attribute('name')) typed.set(unescaped(attribute('name')), unescaped(attribute('value')));
  }
  for (const [, tag = '', content = ''] of form.matchAll(/<textarea([^>]*)>([^]*?)<\/textarea>/g))
    typed.set(/\sname="([^"]*)"/.exec(tag)?.[1] ?? '', unescaped(content));
  return typed;
}

/** Words that only validators and engines use. */
const rawText =
  /invalid input|expected (?:string|number|boolean|array|object|date)|received (?:undefined|string|nan)|ZodError|must match pattern|must be (?:string|number|integer|boolean|object|array|equal to)\b|must NOT have|unrecognized key|invalid_\w+|too (?:small|big):|must have required|\[object Object\]|>undefined<|ActivityFailure|WorkflowUpdate|activity task failed|violates \w+ constraint/i;

/** A posted form as a browser sends it from a page of ours, with whatever token is given. */
export function post(
  caller: Caller,
  address: string,
  fields: readonly (readonly [string, string])[],
  token: string,
): Promise<Answer> {
  const body = new URLSearchParams(
    [['_csrf', token], ...fields].map(([name, value]) => [name ?? '', value ?? '']),
  );
  return caller.call('POST', address, body.toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
    'x-csrf-token': '',
  });
}

/** The page a person ends at, whatever leads there. */
export async function landing(caller: Caller, first: Answer): Promise<Answer> {
  let answer = first;
  for (let hops = 0; hops < 5 && answer.status === 303; hops += 1)
    answer = await caller.call('GET', answer.headers.get('location') ?? '/');
  return answer;
}

/** What is wrong with the page that a person ends at after sending a form. */
export function problemsOf(page: Answer): string[] {
  const words = page.text.replace(/<script[^]*?<\/script>/g, '');
  const raw = rawText.exec(words);
  return [
    ...(page.status >= 500 || page.status === 303 ? [`answers ${page.status}`] : []),
    ...(page.text.includes('bz-error-page') ? [`dead end (${page.status}): ${titleOf(page)}`] : []),
    ...(page.text.includes('<main') ? [] : ['is no page']),
    ...(raw ? [`raw text: ${words.slice(Math.max(0, raw.index - 60), raw.index + 80)}`] : []),
  ];
}

const titleOf = ({ text }: Answer) => /<title>([^<]*)/.exec(text)?.[1] ?? '';
