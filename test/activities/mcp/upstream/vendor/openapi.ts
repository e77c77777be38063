import type { BodyForm } from '../contract.ts';
import { match, template } from '../route.ts';
import type { Shape } from '../shapes.ts';
import type { Candidate, Description, Parts } from './description.ts';
import { type Dialect, normalised } from './normalise.ts';
import { openSource, type Source } from './source.ts';

type Raw = Record<string, any>;

export interface OpenApiOptions extends Dialect {
  /** Path of the server, where the document does not tell or tells another one. */
  base?: string | undefined;
  /** Structured values of a form are written as JSON (Slack). */
  formJson?: boolean | undefined;
}

const methods = new Set(['get', 'post', 'put', 'patch', 'delete', 'head']);

/** An OpenAPI document (3.0, 3.1; JSON or YAML); of each path only what a request needs is read. */
export function openApi(file: string, options: OpenApiOptions = {}): Description {
  const source = openSource(file);
  const servers = ((source.at(['servers']) ?? []) as Raw[]).map(({ url }) => new URL(String(url)));
  const base = (options.base ?? servers[0]?.pathname ?? '').replace(/\/$/, '');
  const routes = source
    .names(['paths'])
    .map((path) => ({ path, template: template(base + severalSegments(source, path)) }));

  const compiled = new WeakMap<Raw, Parts>();
  return {
    origins: [...new Set(servers.map(({ origin }) => origin))],
    find: (method, path, describedAs) =>
      routes.flatMap((route): Candidate[] => {
        const params = match(route.template, path);
        if (!params) return [];
        const item = (source.at(['paths', route.path]) ?? {}) as Raw;
        const name = method.toLowerCase();
        const operation = methods.has(name) ? (item[name] as Raw | undefined) : undefined;
        if (!operation || (describedAs !== undefined && operation['operationId'] !== describedAs)) return [];
        return [
          {
            id: String(operation['operationId'] ?? `${method} ${route.path}`),
            params,
            literals: route.template.literals,
            parts() {
              const parts = compiled.get(operation) ?? partsOf(source, item, operation, options);
              compiled.set(operation, parts);
              return parts;
            },
          },
        ];
      }),
  };
}

/** `{x+}` for parameters that may hold slashes. */
function severalSegments(source: Source, path: string): string {
  if (!/\{(path|ref|branch)\}/.test(path)) return path;
  return path.replace(/\{(path|ref|branch)\}/g, '{$1+}');
}

function partsOf(source: Source, item: Raw, operation: Raw, options: OpenApiOptions): Parts {
  const lookUp = (ref: string) => follow(source, ref);
  const resolve = (raw: Raw): Raw => (raw['$ref'] ? resolve(lookUp(String(raw['$ref']))) : raw);
  const shared = ((item['parameters'] ?? []) as Raw[]).map(resolve);
  const own = ((operation['parameters'] ?? []) as Raw[]).map(resolve);
  const named = (one: Raw) => `${one['in']} ${one['name']}`;
  const all = [...shared.filter((one) => !own.some((other) => named(one) === named(other))), ...own];
  // The client's own name is its own business.
  const parameters = all.filter((one) => !/^user-agent$/i.test(String(one['name'])));
  const shape = (place: string, closed: boolean) =>
    normalised(
      parameterObject(
        parameters.filter((one) => one['in'] === place),
        closed,
      ),
      lookUp,
      options,
    );
  const body = operation['requestBody'] ? resolve(operation['requestBody'] as Raw) : undefined;
  return {
    path: shape('path', false),
    query: shape('query', true),
    bracketed: parameters.some(({ style }) => style === 'deepObject'),
    headers: shape('header', false),
    bodies: Object.entries((body?.['content'] ?? {}) as Raw).map(([type, { schema }]: [string, Raw]) =>
      bodyForm(type, (schema ?? {}) as Raw, lookUp, options),
    ),
    bodyRequired: body?.['required'] === true,
  };
}

function parameterObject(parameters: Raw[], closed: boolean): Raw {
  const nameOf = (one: Raw) =>
    one['in'] === 'header' ? String(one['name']).toLowerCase() : String(one['name']);
  const schemaOf = (one: Raw): Raw => {
    const schema = (one['schema'] ?? {}) as Raw;
    const apart = one['explode'] === false && one['style'] !== 'deepObject';
    return apart && schema['type'] === 'array' ? { ...schema, 'x-separator': ',' } : schema;
  };
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map((one) => [nameOf(one), schemaOf(one)])),
    required: parameters.filter((one) => one['required'] === true).map(nameOf),
    additionalProperties: !closed,
  };
}

function bodyForm(
  type: string,
  schema: Raw,
  lookUp: (ref: string) => Raw,
  options: OpenApiOptions,
): BodyForm {
  const form = type.endsWith('json')
    ? 'json'
    : type === 'application/x-www-form-urlencoded'
      ? 'form'
      : type.startsWith('multipart/')
        ? 'multipart'
        : 'bytes';
  const shape = form === 'bytes' ? {} : normalised(schema, lookUp, options);
  return { form, types: [type], shape: form === 'form' && options.formJson ? membersAsJson(shape) : shape };
}

/** Marks lists and objects among the members of a form as written in JSON. */
function membersAsJson(shape: Shape): Shape {
  const mark = (member: Shape | boolean): Shape | boolean => {
    const structured =
      typeof member === 'object' && (member['type'] === 'array' || member['type'] === 'object');
    return structured ? { ...member, 'x-encoded': 'json' } : member;
  };
  const members = shape['properties'] as Record<string, Shape> | undefined;
  const any = shape['anyOf'] as Shape[] | undefined;
  return {
    ...shape,
    ...(members && {
      properties: Object.fromEntries(Object.entries(members).map(([name, member]) => [name, mark(member)])),
    }),
    ...(any && { anyOf: any.map(membersAsJson) }),
  };
}

function follow(source: Source, ref: string): Raw {
  const path = ref
    .replace(/^#\//, '')
    .split('/')
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'));
  const found = source.at(path);
  if (typeof found !== 'object' || found === null) throw new Error(`${ref} leads nowhere`);
  return found as Raw;
}
