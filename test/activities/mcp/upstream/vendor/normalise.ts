import type { Shape } from '../shapes.ts';
import { bundled, type Refer } from './description.ts';

type Raw = Record<string, unknown>;

/** How a description differs from the JSON Schema of requests. */
export interface Dialect {
  /** Names are right, what is required is not: requests borrow the schemas of answers. */
  ignoreRequired?: boolean | undefined;
}

const kept = new Set([
  'type',
  'enum',
  'const',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'x-separator',
  'x-encoded',
]);
/** Formats whose meaning is the same everywhere; vendors use others for things of their own. */
const formats = new Set(['date', 'date-time', 'email', 'uri', 'uuid', 'int32']);

/**
 * A request schema of an OpenAPI document (3.0 or 3.1) as JSON Schema, with `$ref`s followed and every documented
 * object closed: unknown names are refused once all parts of a composed object have had their say.
 */
export function normalised(schema: Raw, lookUp: (ref: string) => Raw, dialect: Dialect = {}): Shape {
  const convert = (raw: unknown, closed: boolean, refer: Refer): Shape | boolean => {
    if (typeof raw !== 'object' || raw === null) return raw !== false;
    return shapeOf(raw as Raw, { closed, refer, lookUp, dialect, convert });
  };
  return bundled(
    (refer) => convert(schema, true, refer) as Shape,
    (name, refer) => {
      const [closed, ref] = [name.startsWith('closed '), name.replace(/^\w+ /, '')];
      return convert(lookUp(ref), closed, refer) as Shape;
    },
  );
}

interface Setting {
  closed: boolean;
  refer: Refer;
  lookUp: (ref: string) => Raw;
  dialect: Dialect;
  convert: (raw: unknown, closed: boolean, refer: Refer) => Shape | boolean;
}

function shapeOf(raw: Raw, setting: Setting): Shape {
  const { closed, refer } = setting;
  const ref = raw['$ref'];
  const plain =
    typeof ref === 'string' ? refer(`${closed ? 'closed' : 'open'} ${ref}`) : composed(raw, setting);
  return raw['nullable'] === true ? orNull(plain) : plain;
}

function orNull(shape: Shape): Shape {
  if (typeof shape['type'] === 'string' && !shape['enum']) return { ...shape, type: [shape['type'], 'null'] };
  return { anyOf: [shape, { type: 'null' }] };
}

function composed(raw: Raw, setting: Setting): Shape {
  const { convert, refer, closed } = setting;
  const own = Object.keys((raw['properties'] ?? {}) as Raw).length > 0;
  const all = raw['allOf'] as unknown[] | undefined;
  const any = (raw['anyOf'] ?? raw['oneOf']) as unknown[] | undefined;
  // Beside properties of its own, the choices only add to them, so the closing is the parent's.
  const choicesClosed = closed && !own && !all;
  const documents = own || (all ?? []).some((part) => documentsNames(part, setting));
  const rest = raw['additionalProperties'];
  return {
    ...scalars(raw),
    ...(own && properties(raw, setting)),
    ...(Array.isArray(raw['required']) && required(raw, setting)),
    ...(raw['items'] !== undefined && { items: convert(raw['items'], true, refer) }),
    ...(all && { allOf: all.map((part) => convert(part, false, refer)) }),
    ...(any && { anyOf: any.map((part) => convert(part, choicesClosed, refer)) }),
    ...(raw['not'] !== undefined && { not: convert(raw['not'], false, refer) }),
    ...(typeof rest === 'object' && { additionalProperties: convert(rest, true, refer) }),
    ...(rest === true && { additionalProperties: true }),
    ...(closed && (rest === false || (rest === undefined && documents)) && { unevaluatedProperties: false }),
  };
}

/** Whether an object's names are told here or in its parts. */
function documentsNames(raw: unknown, setting: Setting, depth = 0): boolean {
  if (typeof raw !== 'object' || raw === null || depth > 5) return false;
  const { $ref, properties: own, allOf, anyOf, oneOf } = raw as Record<string, unknown>;
  if (typeof $ref === 'string') return documentsNames(setting.lookUp($ref), setting, depth + 1);
  const parts = [allOf, anyOf, oneOf].flatMap((list) => (list as unknown[] | undefined) ?? []);
  return (
    Object.keys((own ?? {}) as Raw).length > 0 ||
    parts.some((part) => documentsNames(part, setting, depth + 1))
  );
}

function scalars(raw: Raw): Raw {
  const out = Object.fromEntries(Object.entries(raw).filter(([name]) => kept.has(name)));
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof raw[flag] !== 'boolean') continue;
    delete out[flag];
    if (raw[flag]) {
      out[flag] = raw[bound];
      delete out[bound];
    }
  }
  if (raw['type'] === 'file') delete out['type'];
  if (typeof raw['format'] === 'string' && formats.has(raw['format'])) out['format'] = raw['format'];
  if (typeof raw['pattern'] === 'string' && isPattern(raw['pattern'])) out['pattern'] = raw['pattern'];
  return out;
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').source !== '';
  } catch {
    return false;
  }
}

const isReadOnly = (raw: unknown) => (raw as Raw | null)?.['readOnly'] === true;

/** What is read-only may not be sent. */
function properties(raw: Raw, { convert, refer }: Setting): Raw {
  const members = Object.entries(raw['properties'] as Raw).map(([name, member]) => [
    name,
    isReadOnly(member) ? false : convert(member, true, refer),
  ]);
  return { properties: Object.fromEntries(members) as Raw };
}

function required(raw: Raw, { dialect }: Setting): Raw {
  if (dialect.ignoreRequired) return {};
  const members = (raw['properties'] ?? {}) as Raw;
  return { required: (raw['required'] as string[]).filter((name) => !isReadOnly(members[name])) };
}
