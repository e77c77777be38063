import type { Shape } from './shapes.ts';

/** Names and values as sent: brackets tell of nesting, several values of one name stay together. */
export interface Bag {
  [name: string]: string[] | Bag;
}

/** Reads `a[b]=c`, `a[0][b]=c` and `a[]=c`. */
export function unbracket(entries: Iterable<[string, string]>): Bag {
  const bag: Bag = {};
  for (const [name, value] of entries) {
    const [, head = name, tail = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
    const keys = [head, ...[...tail.matchAll(/\[([^[\]]*)\]/g)].map(([, key]) => key ?? '')];
    if (keys.at(-1) === '' && keys.length > 1) keys.pop();
    put(bag, keys, value);
  }
  return bag;
}

function put(bag: Bag, [key = '', ...rest]: string[], value: string): void {
  const there = Object.hasOwn(bag, key) ? bag[key] : undefined;
  if (rest.length > 0) {
    const inner: Bag = there && !Array.isArray(there) ? there : {};
    bag[key] = inner;
    put(inner, rest, value);
  } else {
    bag[key] = [...(Array.isArray(there) ? there : []), value];
  }
}

/** Plain names, brackets and all: for contracts that name their parameters as they are written. */
export function flat(entries: Iterable<[string, string]>): Bag {
  const bag: Bag = {};
  for (const [name, value] of entries) put(bag, [name], value);
  return bag;
}

type Resolve = (shape: Shape) => Shape;

/** Follows references into the definitions a shape carries. */
function resolverOf({ $defs }: Shape): Resolve {
  const definitions = $defs as Record<string, Shape> | undefined;
  const prefix = '#/$defs/';
  return (shape) => {
    const ref = shape['$ref'];
    return typeof ref === 'string' ? (definitions?.[ref.slice(prefix.length)] ?? {}) : shape;
  };
}

/** A shape and what it is composed of: every way a value may be. */
export function ways(shape: Shape, resolve: Resolve = resolverOf(shape), depth = 0): Shape[] {
  const known = resolve(shape);
  const inner = ['anyOf', 'oneOf', 'allOf'].flatMap((word) => (known[word] as Shape[] | undefined) ?? []);
  return [known, ...(depth < 6 ? inner.flatMap((one) => ways(one, resolve, depth + 1)) : [])];
}

const takes = (shapes: Shape[], type: string) =>
  shapes.some((shape) =>
    Array.isArray(shape['type']) ? shape['type'].includes(type) : shape['type'] === type,
  );

/**
 * Gives text values the types their shape asks for: what reads as an integer where an integer is wanted, and so on.
 * Nothing is bent: "1.0" is no integer, "yes" no boolean. A name given several times is a list only where one is wanted.
 */
export function typed(value: string[] | Bag, shape: Shape, resolve: Resolve = resolverOf(shape)): unknown {
  const shapes = ways(shape, resolve);
  const items = shapes.find(({ type, items }) => type === 'array' || items !== undefined);
  if (Array.isArray(value)) return items ? elements(value, shapes, items, resolve) : single(value, shapes);
  const keys = Object.keys(value);
  if (items && keys.every((key, index) => key === String(index))) {
    return keys.map((key) => typed(value[key]!, (items['items'] as Shape | undefined) ?? {}, resolve));
  }
  return Object.fromEntries(keys.map((key) => [key, typed(value[key]!, memberOf(shapes, key), resolve)]));
}

/** Values of a list: repeated, or in one parameter where the shape says how they are written. */
function elements(value: string[], shapes: Shape[], list: Shape, resolve: Resolve): unknown {
  const of = (word: string) =>
    shapes.map((one) => one[word]).find((one) => typeof one === 'string') as string | undefined;
  const [encoded, separator] = [of('x-encoded'), of('x-separator')];
  let parts = value;
  if ((encoded ?? separator) && !(value.length > 1 && of('x-repeats'))) {
    // Written once as one text; by repetition it would be read otherwise.
    if (value.length > 1) return value.join('&');
    const [text = ''] = value;
    const decoded = encoded ? fromJson(text) : text;
    if (typeof decoded !== 'string' || !separator) return decoded;
    parts = text.split(separator);
  }
  return parts.map((part) => typed([part], (list['items'] as Shape | undefined) ?? {}, resolve));
}

const single = (value: string[], shapes: Shape[]): unknown =>
  value.length === 1 ? scalar(value[0] ?? '', shapes) : value;

function memberOf(shapes: Shape[], key: string): Shape {
  const found = shapes.flatMap((shape) => {
    const properties = shape['properties'] as Record<string, Shape> | undefined;
    if (properties && Object.hasOwn(properties, key)) return [properties[key]!];
    const rest = shape['additionalProperties'];
    return rest && typeof rest === 'object' ? [rest as Shape] : [];
  });
  return found.length === 1 ? found[0]! : { anyOf: found };
}

function scalar(value: string, shapes: Shape[]): unknown {
  if (shapes.some((one) => one['x-encoded'] === 'json')) return fromJson(value);
  const choices = shapes.flatMap((shape) => (shape['enum'] as unknown[] | undefined) ?? constants(shape));
  if (choices.includes(value)) return value;
  const choice = choices.find((one) => typeof one !== 'string' && String(one) === value);
  if (choice !== undefined) return choice;
  const free = shapes.some(
    (shape) => takes([shape], 'string') && !shape['enum'] && shape['const'] === undefined,
  );
  if (free) return value;
  if (takes(shapes, 'boolean') && (value === 'true' || value === 'false')) return value === 'true';
  if (takes(shapes, 'integer') && /^-?(0|[1-9]\d*)$/.test(value)) return Number(value);
  if (takes(shapes, 'number') && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)) return Number(value);
  return value;
}

const constants = (shape: Shape) => (shape['const'] === undefined ? [] : [shape['const']]);

function fromJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
