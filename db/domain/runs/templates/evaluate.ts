import type { Json, Value } from './definition.ts';
import { ExpressionError, isSafeName, type Node, type Operator } from './expression.ts';
import { bounded, functions, type Type, textOf, typeOf, whole } from './functions.ts';
import { parse } from './parse.ts';

/** What names mean; the result of a step is named `steps.<id>`. */
export type Names = ReadonlyMap<string, Json>;

/** An expression takes at most as many steps as it has parts, which the reader bounds; lists are never walked by it. */
export function evaluate(node: Node, names: Names): Json {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'name': {
      if (!names.has(node.name)) throw new ExpressionError('unknown-name', node.place, node.name);
      return names.get(node.name) ?? null;
    }
    case 'field':
      if (isSteps(node.of)) return names.get(`steps.${node.name}`) ?? null;
      return fieldOf(evaluate(node.of, names), node.name);
    case 'index':
      return fieldOf(evaluate(node.of, names), evaluate(node.index, names));
    case 'not':
      return !isTrue(evaluate(node.of, names));
    case 'minus':
      return 0 - integer(evaluate(node.of, names), node, '-');
    case 'call':
      return call(node, names);
    case 'binary':
      return binary(node, names);
  }
}

/** Results are looked up one by one: all of them together would be a value that grows with itself. */
export const isSteps = (node: Node): boolean => node.kind === 'name' && node.name === 'steps';

/** Own fields only; what is not there is null, so that a path through it is null too. */
function fieldOf(of: Json, name: Json): Json {
  if (Array.isArray(of)) {
    const index = typeof name === 'string' && /^\d+$/.test(name) ? Number(name) : name;
    return typeof index === 'number' ? (of.at(index) ?? null) : null;
  }
  if (of === null || typeof of !== 'object') return null;
  const key = textOf(name);
  return isSafeName(key) && Object.hasOwn(of, key) ? (of[key] ?? null) : null;
}

/** null, false, 0 and the empty text and list are not true. */
export function isTrue(value: Json): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function integer(value: Json, { place }: Node, about: string): number {
  if (typeof value !== 'number') throw new ExpressionError('wrong-type', place, about);
  if (!Number.isInteger(value)) throw new ExpressionError('not-whole', place, about);
  return value;
}

export const fits = (type: Type, wanted: Type): boolean =>
  type === wanted || type === 'unknown' || wanted === 'unknown';

function call(node: Extract<Node, { kind: 'call' }>, names: Names): Json {
  const { name, place, given } = node;
  const found = functions.get(name);
  if (!found) throw new ExpressionError('unknown-function', place, name);
  if (given.length !== found.takes.length) throw new ExpressionError('wrong-count', place, name);
  const values = given.map((one) => evaluate(one, names));
  values.forEach((value, index) => {
    const wanted = found.takes[index] ?? 'unknown';
    if (!fits(typeOf(value), wanted)) throw new ExpressionError('wrong-type', place, name);
    if (wanted === 'integer') integer(value, node, name);
  });
  return found.run(values, place);
}

const isOrder = (operator: Operator) => ['<', '<=', '>', '>='].includes(operator);

function binary(node: Extract<Node, { kind: 'binary' }>, names: Names): Json {
  const { operator, place } = node;
  const left = evaluate(node.left, names);
  if (operator === 'and') return isTrue(left) && isTrue(evaluate(node.right, names));
  if (operator === 'or') return isTrue(left) || isTrue(evaluate(node.right, names));
  const right = evaluate(node.right, names);
  if (operator === '==') return JSON.stringify(left) === JSON.stringify(right);
  if (operator === '!=') return JSON.stringify(left) !== JSON.stringify(right);
  if (operator === '&') return bounded(textOf(left) + textOf(right), place);
  if (isOrder(operator)) return ordered(operator, left, right, place);
  return calculated(operator, integer(left, node, operator), integer(right, node, operator), place);
}

function ordered(operator: Operator, left: Json, right: Json, place: number): boolean {
  const comparable =
    (typeof left === 'number' && typeof right === 'number') ||
    (typeof left === 'string' && typeof right === 'string');
  if (!comparable) throw new ExpressionError('wrong-type', place, operator);
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

function calculated(operator: Operator, left: number, right: number, place: number): number {
  if ((operator === '/' || operator === '%') && right === 0)
    throw new ExpressionError('by-zero', place, operator);
  switch (operator) {
    case '+':
      return whole(left + right, place);
    case '-':
      return whole(left - right, place);
    case '*':
      return whole(left * right, place);
    case '/':
      // Towards zero; 0 has one sign.
      return Math.trunc(left / right) || 0;
    default:
      return left % right || 0;
  }
}

/** The parts of a text with `{{ … }}`: literal text, and expressions with their places. */
export function partsOf(text: string): ({ literal: string } | { expression: string; place: number })[] {
  const parts: ({ literal: string } | { expression: string; place: number })[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('{{', at);
    if (start === -1) return [...parts, { literal: text.slice(at) }];
    const end = text.indexOf('}}', start);
    if (end === -1) throw new ExpressionError('unfinished', start);
    parts.push(
      { literal: text.slice(at, start) },
      { expression: text.slice(start + 2, end), place: start + 2 },
    );
    at = end + 2;
  }
}

/** What a value of a step is with these names. Throws `ExpressionError`. */
export function valueOf(value: Value, names: Names): Json {
  if (typeof value === 'string') {
    if (value.startsWith('=')) return evaluate(parse(value.slice(1)), names);
    if (!value.includes('{{')) return value;
    const texts = partsOf(value).map((part) =>
      'literal' in part ? part.literal : textOf(evaluate(parse(part.expression), names)),
    );
    return bounded(texts.join(''), 0);
  }
  if (Array.isArray(value)) return value.map((one) => valueOf(one, names));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, valueOf(one, names)]));
}
