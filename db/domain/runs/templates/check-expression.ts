import { fits, isSteps } from './evaluate.ts';
import { ExpressionError, type Node } from './expression.ts';
import { functions, type Type } from './functions.ts';

/** What is known of a value: its type, and of an object its fields. Without fields any may be there. */
export interface Known {
  type: Type;
  fields?: ReadonlyMap<string, Known>;
  /** Of a list. */
  items?: Known;
}

export const unknown: Known = { type: 'unknown' };

/** What expressions may name at one place. */
export interface Scope {
  names: ReadonlyMap<string, Known>;
  /** Results of the steps before. */
  steps: ReadonlyMap<string, Known>;
}

/** What an expression gives, as far as can be told. Throws `ExpressionError` for what is wrong in any case. */
export function typeOfExpression(node: Node, scope: Scope): Known {
  switch (node.kind) {
    case 'literal':
      return { type: node.value === null ? 'null' : literal(node.value) };
    case 'name': {
      const known = scope.names.get(node.name);
      if (!known) throw new ExpressionError('unknown-name', node.place, node.name);
      return known;
    }
    case 'field':
      return fieldOf(node, scope);
    case 'index': {
      const of = typeOfExpression(node.of, scope);
      typeOfExpression(node.index, scope);
      return of.items ?? unknown;
    }
    case 'not':
      typeOfExpression(node.of, scope);
      return { type: 'boolean' };
    case 'minus':
      expect(node.of, 'integer', scope, '-');
      return { type: 'integer' };
    case 'call':
      return call(node, scope);
    case 'binary':
      return binary(node, scope);
  }
}

const literal = (value: boolean | number | string): Type =>
  typeof value === 'number' ? 'integer' : typeof value === 'boolean' ? 'boolean' : 'string';

function fieldOf(node: Extract<Node, { kind: 'field' }>, scope: Scope): Known {
  if (isSteps(node.of)) {
    const known = scope.steps.get(node.name);
    if (!known) throw new ExpressionError('unknown-name', node.place, node.name);
    return known;
  }
  const of = typeOfExpression(node.of, scope);
  if (of.type === 'array') return of.items ?? unknown;
  if (!fits(of.type, 'object')) throw new ExpressionError('wrong-type', node.place, node.name);
  if (!of.fields) return unknown;
  const field = of.fields.get(node.name);
  if (!field) throw new ExpressionError('unknown-name', node.place, node.name);
  return field;
}

/** A parameter that may be left out is null: operators meet that at run time. */
function expect(node: Node, wanted: Type, scope: Scope, about: string): void {
  const { type } = typeOfExpression(node, scope);
  if (!fits(type, wanted)) throw new ExpressionError('wrong-type', node.place, about);
}

function call(node: Extract<Node, { kind: 'call' }>, scope: Scope): Known {
  const { name, place, given } = node;
  const found = functions.get(name);
  if (!found) throw new ExpressionError('unknown-function', place, name);
  if (given.length !== found.takes.length) throw new ExpressionError('wrong-count', place, name);
  given.forEach((one, index) => expect(one, found.takes[index] ?? 'unknown', scope, name));
  return { type: found.gives };
}

function binary(node: Extract<Node, { kind: 'binary' }>, scope: Scope): Known {
  const { operator, left, right } = node;
  if (['+', '-', '*', '/', '%'].includes(operator)) {
    for (const side of [left, right]) expect(side, 'integer', scope, operator);
    return { type: 'integer' };
  }
  const types = [typeOfExpression(left, scope).type, typeOfExpression(right, scope).type] as const;
  if (operator === '&') return { type: 'string' };
  if (['<', '<=', '>', '>='].includes(operator)) {
    const isOrdered = types.every((type) => ['integer', 'string', 'unknown'].includes(type));
    if (!isOrdered || !fits(types[0], types[1]))
      throw new ExpressionError('wrong-type', node.place, operator);
  }
  return { type: 'boolean' };
}
