/** A JSON Schema (2020-12). */
export type Shape = Readonly<Record<string, unknown>>;
/** Members by name; `'name?'` may stay away. */
export type Members = Readonly<Record<string, Shape>>;

export const text: Shape = { type: 'string', minLength: 1 };
export const anyText: Shape = { type: 'string' };
export const integer: Shape = { type: 'integer' };
export const number: Shape = { type: 'number' };
export const flag: Shape = { type: 'boolean' };
export const anything: Shape = {};
export const email: Shape = { type: 'string', format: 'email' };
export const url: Shape = { type: 'string', format: 'uri' };
export const date: Shape = { type: 'string', format: 'date' };
export const dateTime: Shape = { type: 'string', format: 'date-time' };

export const matching = (pattern: RegExp): Shape => ({ type: 'string', pattern: pattern.source });
export const constant = (value: string | number | boolean | null): Shape => ({ const: value });
export const among = (...values: readonly (string | number | boolean | null)[]): Shape => ({ enum: values });
export const between = (minimum: number, maximum: number): Shape => ({ type: 'integer', minimum, maximum });
export const upTo = (maxLength: number): Shape => ({ type: 'string', minLength: 1, maxLength });
export const list = (items: Shape, minItems = 0, maxItems?: number): Shape => ({
  type: 'array',
  items,
  minItems,
  ...(maxItems !== undefined && { maxItems }),
});
export const nullable = (shape: Shape): Shape => ({ anyOf: [shape, { type: 'null' }] });
export const either = (...shapes: Shape[]): Shape => ({ anyOf: shapes });
/** Any names, values of one shape. */
export const mapOf = (values: Shape): Shape => ({ type: 'object', additionalProperties: values });

/** A closed object. */
export function object(members: Members): Shape {
  const names = Object.keys(members);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name.replace(/\?$/, ''), members[name]])),
    required: names.filter((name) => !name.endsWith('?')),
    additionalProperties: false,
  };
}

/** Members given together or one at a time; the object is closed, and needs at least one of the names. */
export function objectWithAny(names: readonly string[], members: Members): Shape {
  return { ...object(members), anyOf: names.map((name) => ({ required: [name] })) };
}

/** In a parameter or form field: values with commas between. */
export const commaSeparated = (items: Shape): Shape => ({ type: 'array', items, 'x-separator': ',' });
/** In a parameter or form field: a value written as JSON. */
export const jsonText = (shape: Shape): Shape => ({ ...shape, 'x-encoded': 'json' });

/** Money in minor units, as a number. */
export const minor: Shape = { type: 'integer', minimum: 0 };
/**
 * An object that holds money in major units, with as many decimals as its currency has (none for yen, three for the
 * Kuwaiti dinar): as text, or as a number.
 */
export const majorMoney = (
  value: string,
  currency: string,
  as: 'text' | 'number',
  others: Members = {},
): Shape => ({
  ...object({
    [value]: as === 'text' ? matching(/^\d+(\.\d+)?$/) : { type: 'number', minimum: 0 },
    [currency]: matching(/^[A-Z]{3}$/),
    ...others,
  }),
  decimalsOf: { value, currency },
});
