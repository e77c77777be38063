import { readFileSync } from 'node:fs';
import { match, template } from '../route.ts';
import type { Shape } from '../shapes.ts';
import { bundled, type Candidate, type Description, type Parts, type Refer } from './description.ts';

type Raw = Record<string, any>;

interface Method {
  id: string;
  httpMethod: string;
  flatPath?: string;
  path: string;
  parameters?: Record<string, Raw>;
  request?: { $ref: string };
}

/** A Google discovery document. */
export function discovery(file: string): Description {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Raw;
  const base = `/${String(document['servicePath'] ?? '')}`;
  const routes = [...methodsOf(document)].map((method) => ({
    method,
    template: template(base + (method.flatPath ?? method.path)),
  }));
  return {
    origins: [new URL(String(document['rootUrl'])).origin],
    find: (verb, path, describedAs) =>
      routes.flatMap(({ method, template: pattern }): Candidate[] => {
        const params = method.httpMethod === verb ? match(pattern, path) : null;
        if (!params || (describedAs !== undefined && method.id !== describedAs)) return [];
        const parts = () => partsOf(document, method);
        return [{ id: method.id, params, literals: pattern.literals, parts }];
      }),
  };
}

function* methodsOf(node: Raw): Generator<Method> {
  for (const method of Object.values((node['methods'] ?? {}) as Raw)) yield method as Method;
  for (const resource of Object.values((node['resources'] ?? {}) as Raw)) yield* methodsOf(resource as Raw);
}

const compiled = new WeakMap<Method, Parts>();

function partsOf(document: Raw, method: Method): Parts {
  const known = compiled.get(method);
  if (known) return known;
  const asked = { ...(document['parameters'] as Record<string, Raw>), ...method.parameters };
  const inQuery = Object.entries(asked).filter(([, { location }]) => location === 'query');
  const schemas = document['schemas'] as Record<string, Raw>;
  const parts: Parts = {
    path: {},
    query: {
      type: 'object',
      properties: Object.fromEntries(inQuery.map(([name, parameter]) => [name, parameterShape(parameter)])),
      required: inQuery.filter(([, { required }]) => required === true).map(([name]) => name),
      additionalProperties: false,
    },
    bracketed: false,
    headers: {},
    bodies: method.request
      ? [{ form: 'json', types: ['application/json'], shape: requestShape(schemas, method.request.$ref) }]
      : [],
    bodyRequired: method.request !== undefined,
  };
  compiled.set(method, parts);
  return parts;
}

function parameterShape(parameter: Raw): Shape {
  const one = shapeOf(parameter, () => ({}));
  return parameter['repeated'] === true ? { type: 'array', items: one } : one;
}

/** Shared by all requests of a document: most of them lead to the same large types. */
function requestShape(schemas: Record<string, Raw>, name: string): Shape {
  return bundled(
    (refer) => refer(name),
    (id, refer) => shapeOf(schemas[id] ?? {}, refer),
  );
}

/** Objects are closed unless they are maps; 64-bit integers may be written as digits; what is output only may not be sent. */
function shapeOf(raw: Raw, refer: Refer): Shape {
  if (typeof raw['$ref'] === 'string') return refer(raw['$ref']);
  const { type, format, enum: choices, items, properties, additionalProperties: rest } = raw;
  if (type === 'any') return {};
  if (format === 'int64' || format === 'uint64')
    return { type: ['integer', 'string'], pattern: '^-?[0-9]+$' };
  if (type === 'array') return { type, items: shapeOf(items as Raw, refer) };
  if (type !== 'object') {
    return {
      ...(type && { type }),
      ...(choices && { enum: choices }),
      ...(format === 'int32' && { format }),
    };
  }
  const members = Object.entries((properties ?? {}) as Record<string, Raw>);
  return {
    type,
    properties: Object.fromEntries(
      members.map(([name, member]) => [name, member['readOnly'] === true ? false : shapeOf(member, refer)]),
    ),
    required: members
      .filter(([, member]) => member['x-required'] === true && member['readOnly'] !== true)
      .map(([name]) => name),
    additionalProperties: rest ? shapeOf(rest as Raw, refer) : false,
  };
}
