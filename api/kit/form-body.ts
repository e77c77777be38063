import { z } from 'zod';
import { csrfField } from './csrf.ts';
import { ownerField } from './draft.ts';

type Json = Record<string, unknown>;
interface Shape {
  type?: string;
  const?: unknown;
  properties?: Record<string, Shape>;
  oneOf?: Shape[];
  anyOf?: Shape[];
}

const variantsOf = (schema: Shape): Shape[] => [schema, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];

/** The shape of each field of a body, also where the body is one of several. */
function shapesOf(variants: Shape[]): Record<string, Shape> {
  return Object.assign({}, ...variants.map((variant) => variant.properties ?? {})) as Record<string, Shape>;
}

/** Without scripts also the hidden fields arrive that belong to another choice: they are left out. */
function dropOtherChoices(nested: Json, variants: Shape[]): void {
  const couldBe = variants.filter(({ properties = {} }) =>
    Object.entries(properties).every(
      ([name, { const: only }]) => only === undefined || only === nested[name],
    ),
  );
  const [kept, known] = [shapesOf(couldBe), shapesOf(variants)];
  if (Object.keys(kept).length === 0) return;
  for (const name of Object.keys(nested)) if (known[name] && !kept[name]) delete nested[name];
}

function fit(value: unknown, shape: Shape): unknown {
  if (shape.type === 'array') return value === undefined ? [] : Array.isArray(value) ? value : [value];
  const isBoolean = shape.type === 'boolean' || typeof shape.const === 'boolean';
  if (isBoolean && typeof value === 'string') return ['on', 'true', '1'].includes(value);
  return value;
}

/** `{"card.number": "4242"}` → `{card: {number: "4242"}}`; only plain names, so that no prototype is touched. */
function nest(flat: Json): Json {
  const nested: Json = {};
  for (const [name, value] of Object.entries(flat)) {
    const path = name.split('.');
    if (path.some((part) => ['__proto__', 'constructor', 'prototype', ''].includes(part))) continue;
    let at = nested;
    for (const part of path.slice(0, -1)) {
      if (typeof at[part] !== 'object' || at[part] === null) at[part] = {};
      at = at[part] as Json;
    }
    at[path.at(-1) ?? ''] = value;
  }
  return nested;
}

/**
 * What a browser posted, in the shape the schema names: dotted names become objects, one value of a list becomes a
 * list, a ticked box becomes true. An object of which every field was left empty counts as not given.
 */
export function readForm(schema: z.ZodType, posted: Json): Json {
  const { [csrfField]: _token, [ownerField]: _owner, ...flat } = posted;
  const nested = nest(flat);
  const variants = variantsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape);
  const shapes = shapesOf(variants);
  for (const [name, shape] of Object.entries(shapes)) {
    const value = fit(nested[name], shape);
    const emptyObject =
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.values(value).every((v) => v === '');
    if (value === undefined || emptyObject) delete nested[name];
    else nested[name] = value;
  }
  if (variants.length > 1) dropOtherChoices(nested, variants);
  return nested;
}
