import { decodeBody } from './body.ts';
import type { Asked, BodyForm, Contract, Method, Operation, Verdict } from './contract.ts';
import { flat, typed } from './decode.ts';
import { match, type Template, template } from './route.ts';
import { faults } from './schema.ts';
import { constant, type Members, object, type Shape, text } from './shapes.ts';

/** Headers that any HTTP client sends of itself. */
const ofTheClient = new Set([
  'host',
  'connection',
  'content-length',
  'content-type',
  'transfer-encoding',
  'accept',
  'accept-encoding',
  'accept-language',
  'sec-fetch-mode',
  'user-agent',
]);

interface Compiled {
  operation: Operation;
  method: string;
  template: Template;
  selector: [string, string][];
  path: Shape;
  query: Shape;
  headers: Shape;
  bodies: readonly BodyForm[];
}

/** Tells of a request which operation of the contract it is, and everything that is wrong with it. */
export function checkerOf(contract: Contract): (asked: Asked) => Promise<Verdict> {
  const all = contract.operations.map((operation) => compile(contract, operation));
  return async (asked) => {
    const found = all
      .filter(({ method, template: { pattern } }) => method === asked.method && pattern.test(asked.path))
      .filter(({ selector }) => selector.every(([name, value]) => asked.search.get(name) === value))
      .sort((a, b) => b.selector.length - a.selector.length || b.template.literals - a.template.literals)[0];
    return found ? verdictOf(asked, found) : unknownRoute(asked, all);
  };
}

function unknownRoute({ method, path }: Asked, all: Compiled[]): Verdict {
  const here = all.filter(({ template: { pattern } }) => pattern.test(path)).map((one) => one.method);
  const why = here.length > 0 ? `has only ${[...new Set(here)].join(', ')}` : 'is not documented';
  return {
    operation: null,
    params: {},
    query: {},
    body: undefined,
    violations: [`route ${method} ${path}: ${why}`],
  };
}

function compile(contract: Contract, operation: Operation): Compiled {
  const [method = '', address = ''] = operation.route.split(' ');
  const [path = '', selection = ''] = address.split('?');
  const shape = template(path);
  const selector = [...new URLSearchParams(selection)];
  const anyPath = Object.fromEntries(shape.names.map((name) => [name, text]));
  return {
    operation,
    method,
    template: shape,
    selector,
    path: object({ ...anyPath, ...operation.path }),
    query: object({
      ...contract.query,
      ...operation.query,
      ...keyIn(contract, 'query', operation, method as Method),
      ...Object.fromEntries(selector.map(([name, value]) => [name, constant(value)])),
    }),
    headers: object({
      ...keyIn(contract, 'header', operation, method as Method),
      ...replaced(contract.headers, operation.headers),
    }),
    bodies: operation.body === undefined ? [] : [operation.body].flat(),
  };
}

/** The idempotency key is a parameter of every write. */
function keyIn(
  { idempotency }: Contract,
  place: 'query' | 'header',
  { reads }: Operation,
  method: Method,
): Members {
  if (!idempotency) return {};
  if ('query' in idempotency) {
    return place === 'query' && !reads && method !== 'GET' ? { [`${idempotency.query}?`]: text } : {};
  }
  const taken = place === 'header' && idempotency.methods.includes(method);
  const { header, maxLength = 255 } = idempotency;
  return taken ? { [`${header}?`]: { type: 'string', minLength: 1, maxLength } } : {};
}

/** Members of both; a name of the second takes the place of the first's, whether it may stay away or not. */
function replaced(first: Members, second: Members = {}): Members {
  const bare = (name: string) => name.replace(/\?$/, '');
  const again = new Set(Object.keys(second).map(bare));
  return {
    ...Object.fromEntries(Object.entries(first).filter(([name]) => !again.has(bare(name)))),
    ...second,
  };
}

async function verdictOf(asked: Asked, compiled: Compiled): Promise<Verdict> {
  const { operation, path, query, headers, bodies } = compiled;
  const params = typed(bagOf(match(compiled.template, asked.path) ?? {}), path) as Record<string, unknown>;
  const search = typed(flat(asked.search), query) as Record<string, unknown>;
  const sent = Object.fromEntries(Object.entries(asked.headers).filter(([name]) => !ofTheClient.has(name)));
  const { form, value, violations } = await decodeBody(asked, bodies);
  const all = [
    ...faults('path', path, params),
    ...faults('query', query, search),
    ...faults('header', headers, sent),
    ...violations,
    ...(form && form.form !== 'bytes' ? faults('body', form.shape, value) : []),
  ];
  return { operation: operation.id, params, query: search, body: value, violations: all };
}

const bagOf = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]));
