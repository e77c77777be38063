import { z } from 'zod';
import type { ReferenceField } from '../../../templates/public/support/reference-props.ts';

interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  default?: unknown;
}

/** How deep values within values are listed; deeper ones stand as "object". */
const deepest = 3;

const isNull = (schema: Schema) => schema.type === 'null';

/** What a value is, in words. */
export function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return `one of ${schema.enum.map(String).join(', ')}`;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) {
    const words = [...new Set(choices.filter((one) => !isNull(one)).map(typeOf))];
    return [...words, ...(choices.some(isNull) ? ['null'] : [])].join(' or ');
  }
  if (schema.type === 'array')
    return typeof schema.items === 'object' ? `list of ${typeOf(schema.items)}` : 'list';
  if (schema.format === 'date-time') return 'time (ISO 8601)';
  if (schema.format === 'date') return 'day (YYYY-MM-DD)';
  if (schema.format === 'email' || schema.format === 'uri' || schema.format === 'uuid') return schema.format;
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  return schema.type ?? 'any value';
}

/** Whole numbers carry the bounds of the language, which limit nothing. */
const isBound = (limit: number | undefined) =>
  limit !== undefined && Math.abs(limit) < Number.MAX_SAFE_INTEGER;

function limitsOf(schema: Schema): string[] {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems } = schema;
  const limits = [
    minLength !== undefined && minLength > 1 && `at least ${minLength} characters`,
    maxLength !== undefined && `at most ${maxLength} characters`,
    isBound(minimum) && `at least ${minimum}`,
    isBound(maximum) && `at most ${maximum}`,
    minItems !== undefined && minItems > 0 && `at least ${minItems}`,
    maxItems !== undefined && `at most ${maxItems}`,
    schema.default !== undefined && `otherwise ${JSON.stringify(schema.default)}`,
  ];
  return limits.filter((limit) => limit !== false);
}

/** The fields of any of the alternatives; one that some alternative does without isn't required. */
function fieldsOfAny(alternatives: readonly ReferenceField[][]): ReferenceField[] {
  const names = [...new Set(alternatives.flat().map(({ name }) => name))];
  return names.flatMap((name) => {
    const same = alternatives.flatMap((fields) => fields.filter((field) => field.name === name));
    const [field] = same;
    if (!field) return [];
    const type = [...new Set(same.map((one) => one.type))].join(' or ');
    const required = same.length === alternatives.length && same.every((one) => one.required);
    return [{ ...field, type, required }];
  });
}

/** What lies within a value: the members of objects, also of those in lists and of each alternative. */
function fieldsIn(schema: Schema, prefix: string, depth: number): ReferenceField[] {
  if (schema.allOf) return schema.allOf.flatMap((one) => fieldsIn(one, prefix, depth));
  const alternatives = (schema.anyOf ?? schema.oneOf)?.filter((one) => !isNull(one));
  if (alternatives) return fieldsOfAny(alternatives.map((one) => fieldsIn(one, prefix, depth)));
  if (schema.type === 'array' && typeof schema.items === 'object')
    return fieldsIn(schema.items, prefix === '' ? '[]' : `${prefix}[]`, depth);
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    const field = {
      name,
      type: typeOf(value),
      required: schema.required?.includes(key) ?? false,
      limits: limitsOf(value),
    };
    return [field, ...(depth < deepest ? fieldsIn(value, name, depth + 1) : [])];
  });
}

/** The members of what a route takes or gives. */
export function fieldsOf(schema: z.ZodType | undefined, io: 'input' | 'output'): ReferenceField[] {
  if (!schema) return [];
  return fieldsIn(z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Schema, '', 1);
}
