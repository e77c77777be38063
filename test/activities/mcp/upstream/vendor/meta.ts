import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { form, json, multipart } from '../contract.ts';
import type { Shape } from '../shapes.ts';
import { bundled, type Candidate, type Description, type Parts, type Refer } from './description.ts';

interface Edge {
  method: string;
  endpoint?: string;
  /** `#get`, `#update`, `#delete`: the node itself. */
  name?: string;
  params: { name: string; required: boolean; type: string }[];
}
interface Node {
  apis?: Edge[];
  fields?: { name: string; type: string }[];
}

/** Parameters every edge takes, with the access token that the contract table looks after. */
const common = ['access_token', 'appsecret_proof', 'fields', 'limit', 'after', 'before', 'summary', 'locale'];

/**
 * Meta's code generation files: one for each type of node, with its edges. A path does not tell of what type its node
 * is, so operations say it: `describedAs: 'Campaign#update'`, `'AdSet/insights'`; `act_…` and `me` are known.
 */
export function metaCodegen(folder: string): Description {
  const read = reader(folder);
  const choices = new Map(
    (
      JSON.parse(readFileSync(join(folder, 'enum_types.json'), 'utf8')) as {
        name: string;
        values: unknown[];
      }[]
    ).map(({ name, values }) => [name, values]),
  );
  return {
    origins: ['https://graph.facebook.com'],
    find(method, path, describedAs): Candidate[] {
      const [, node, endpoint] = /^\/v\d+\.\d\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
      if (node === undefined) return [];
      const [, type, mark, name] =
        /^(\w+)([/#])(\w+)$/.exec(describedAs ?? guess(node, method, endpoint)) ?? [];
      const edge = read(type ?? '')?.apis?.find(
        (one) =>
          one.method === method &&
          (mark === '#' ? one.name === `#${name}` && !endpoint : one.endpoint === endpoint),
      );
      if (!edge || (mark === '/' && name !== endpoint)) return [];
      return [
        {
          id: `${type}${mark}${name}`,
          params: { node },
          literals: 1,
          parts: () => partsOf(edge, read, choices),
        },
      ];
    },
  };
}

function guess(node: string, method: string, endpoint: string | undefined): string {
  const type = node.startsWith('act_') ? 'AdAccount' : node === 'me' ? 'User' : '';
  const verb = { GET: 'get', POST: 'update', DELETE: 'delete' }[method] ?? '';
  return endpoint === undefined ? `${type}#${verb}` : `${type}/${endpoint}`;
}

type Read = (type: string) => Node | undefined;

function reader(folder: string): Read {
  const known = new Map<string, Node | undefined>();
  return (type) => {
    const file = join(folder, `${type}.json`);
    if (!known.has(type)) {
      known.set(
        type,
        /^\w+$/.test(type) && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Node) : undefined,
      );
    }
    return known.get(type);
  };
}

function partsOf({ method, params }: Edge, read: Read, choices: Map<string, unknown[]>): Parts {
  const build = (inText: boolean, more: readonly string[]): Shape => {
    const typeOf = (type: string, refer: Refer) => shapeOf(type, refer, read, choices);
    const marked = (shape: Shape): Shape =>
      inText && structured(shape)
        ? { ...shape, 'x-encoded': 'json', ...(shape['items'] ? { 'x-separator': ',' } : {}) }
        : shape;
    return bundled(
      (refer) => ({
        type: 'object',
        properties: {
          ...Object.fromEntries(more.map((name) => [name, { type: ['string', 'integer', 'boolean'] }])),
          ...Object.fromEntries(params.map(({ name, type }) => [name, marked(typeOf(type, refer))])),
        },
        required: params.filter(({ required }) => required).map(({ name }) => name),
        additionalProperties: false,
      }),
      (type, refer) => structure(read(type), (one) => typeOf(one, refer)),
    );
  };
  const inQuery = method !== 'POST';
  const commonOnly: Shape = {
    type: 'object',
    properties: Object.fromEntries(common.map((name) => [name, {}])),
    additionalProperties: false,
  };
  return {
    path: {},
    query: inQuery ? build(true, common) : commonOnly,
    bracketed: false,
    headers: {},
    bodies: inQuery ? [] : [json(build(false, [])), form(build(true, [])), multipart(build(true, []))],
    bodyRequired: false,
  };
}

const structured = (shape: Shape) =>
  shape['type'] === 'array' || shape['type'] === 'object' || '$ref' in shape;

/** A pure structure has the names of its fields; a node is written with other names than it is read with. */
function structure(node: Node | undefined, typeOf: (type: string) => Shape): Shape {
  const closed = node?.apis === undefined || node.apis.length === 0;
  if (!node || !closed) return { type: ['object', 'string'] };
  const fields = (node.fields ?? []).map(({ name, type }) => [name, typeOf(type)] as const);
  return {
    type: ['object', 'string'],
    properties: Object.fromEntries(fields),
    additionalProperties: fields.length === 0,
  };
}

const simple: Record<string, Shape> = {
  string: { type: ['string', 'integer'] },
  bool: { type: 'boolean' },
  int: { type: ['integer', 'string'], pattern: '^-?[0-9]+$' },
  'unsigned int': { type: ['integer', 'string'], pattern: '^[0-9]+$', minimum: 0 },
  float: { type: ['number', 'string'], pattern: '^-?[0-9.]+$' },
  datetime: { type: ['string', 'integer'] },
  map: { type: 'object' },
  Object: { type: ['object', 'array', 'string'] },
  list: { type: 'array' },
  file: { type: 'string' },
};

function shapeOf(type: string, refer: Refer, read: Read, choices: Map<string, unknown[]>): Shape {
  const known = simple[type];
  if (known) return known;
  const [, items] = /^list<(.+)>$/.exec(type) ?? [];
  if (items !== undefined) return { type: 'array', items: shapeOf(items, refer, read, choices) };
  const [, values] = /^map<[^,]+, *(.+)>$/.exec(type) ?? [];
  if (values !== undefined)
    return { type: 'object', additionalProperties: shapeOf(values, refer, read, choices) };
  const among = choices.get(type);
  if (among) return { enum: among };
  return read(type) ? refer(type) : {};
}
