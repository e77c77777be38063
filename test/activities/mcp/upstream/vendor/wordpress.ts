import { readFileSync } from 'node:fs';
import { bytes, form, json } from '../contract.ts';
import type { Shape } from '../shapes.ts';
import type { Candidate, Description, Parts } from './description.ts';

type Raw = Record<string, any>;

interface Endpoint {
  methods: string[];
  args: Record<string, Raw> | unknown[];
}

/** Parameters the REST server takes on every route. */
const common = ['_fields', '_embed', '_locale', '_envelope', '_method'];

/**
 * The index a WordPress site gives of its own routes (`GET /wp-json/`). WordPress takes no offence at names it does not
 * know; here they are refused.
 */
export function wordpressIndex(file: string, base = '/wp-json'): Description {
  const { routes } = JSON.parse(readFileSync(file, 'utf8')) as {
    routes: Record<string, { endpoints: Endpoint[] }>;
  };
  const all = Object.entries(routes).map(([route, { endpoints }]) => ({
    route,
    endpoints,
    pattern: new RegExp(`^${route.replaceAll('(?P<', '(?<')}$`, 'i'),
    literals: route.replace(/\(\?P<.*\)/g, '').length,
  }));
  return {
    origins: [],
    find(method, path): Candidate[] {
      if (!path.startsWith(`${base}/`)) return [];
      const within = decodeURIComponent(path.slice(base.length)).replace(/(.)\/$/, '$1');
      return all.flatMap(({ route, endpoints, pattern, literals }): Candidate[] => {
        const found = pattern.exec(within);
        const endpoint = endpoints.find(({ methods }) => methods.includes(method));
        if (!found || !endpoint) return [];
        const params = { ...found.groups };
        return [
          {
            id: `${method} ${route}`,
            params,
            literals,
            parts: () => partsOf(endpoint, method, Object.keys(params)),
          },
        ];
      });
    },
  };
}

function partsOf({ args }: Endpoint, method: string, inPath: string[]): Parts {
  const named = Array.isArray(args) ? [] : Object.entries(args);
  const rest = named.filter(([name]) => !inPath.includes(name));
  const withBody = method !== 'GET' && method !== 'DELETE';
  const asObject = (members: [string, Raw][], required: boolean, inText = true): Shape => ({
    type: 'object',
    properties: {
      ...Object.fromEntries(common.map((name) => [name, {}])),
      ...Object.fromEntries(
        members.map(([name, arg]) => [name, inText ? listed(argument(arg)) : argument(arg)]),
      ),
    },
    required: required ? members.filter(([, arg]) => arg['required'] === true).map(([name]) => name) : [],
    additionalProperties: false,
  });
  const path = named.filter(([name]) => inPath.includes(name));
  return {
    path: { ...asObject(path, false), additionalProperties: true },
    // What is required may be in the query or in the body; where there is a body, it is looked for there.
    query: asObject(rest, !withBody),
    bracketed: true,
    headers: {},
    bodies: withBody ? [json(asObject(rest, true, false)), form(asObject(rest, true)), bytes('*/*')] : [],
    bodyRequired: false,
  };
}

/** In texts, lists are written by repetition or with commas. */
const listed = (shape: Shape): Shape =>
  shape['type'] === 'array' ? { ...shape, 'x-separator': ',', 'x-repeats': 'yes' } : shape;

/** An argument's schema without what is no JSON Schema: `required` beside the type, at every level. */
function argument(raw: Raw): Shape {
  const {
    type,
    items,
    properties,
    required: _required,
    description: _description,
    default: _default,
    ...rest
  } = raw;
  const { context: _context, readonly: _readonly, title: _title, arg_options: _options, ...facts } = rest;
  const members = Object.entries((properties ?? {}) as Record<string, Raw>);
  const rendered = type === 'object' && 'rendered' in ((properties ?? {}) as Raw);
  const inner = ['oneOf', 'anyOf'].filter((word) => Array.isArray(facts[word]));
  return {
    ...facts,
    ...(type !== undefined && { type: rendered ? ['object', 'string'] : (type as string | string[]) }),
    ...(items && { items: argument(items as Raw) }),
    ...(members.length > 0 && {
      properties: Object.fromEntries(
        members.map(([name, member]) => [name, member['readonly'] === true ? false : argument(member)]),
      ),
      additionalProperties: (facts['additionalProperties'] as boolean | Shape | undefined) ?? false,
    }),
    ...Object.fromEntries(inner.map((word) => [word, (facts[word] as Raw[]).map((one) => argument(one))])),
  };
}
