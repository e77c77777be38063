import { ExpressionError, isSafeName, type Node, type Operator } from './expression.ts';

const longest = 1_000;
const deepest = 30;

interface Token {
  kind: 'name' | 'number' | 'text' | 'sign' | 'end';
  text: string;
  place: number;
}

const token =
  /(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<number>\d+)|(?<text>"(?:[^"\\]|\\["\\n])*"|'(?:[^'\\]|\\['\\n])*')|(?<sign>==|!=|<=|>=|[<>+\-*/%&()[\].,])/y;
const space = /\s*/y;

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    space.lastIndex = at;
    at += space.exec(source)?.[0].length ?? 0;
    if (at >= source.length) return [...tokens, { kind: 'end', text: '', place: source.length }];
    token.lastIndex = at;
    const found = token.exec(source);
    if (!found) throw new ExpressionError('unreadable', at, source.charAt(at));
    const [kind] = Object.entries(found.groups ?? {}).find(([, text]) => text !== undefined) ?? ['sign'];
    tokens.push({ kind: kind as Token['kind'], text: found[0], place: at });
    at += found[0].length;
  }
}

/** From the weakest to the strongest. */
const levels: readonly (readonly Operator[])[] = [
  ['or'],
  ['and'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['&'],
  ['+', '-'],
  ['*', '/', '%'],
];
const constants: ReadonlyMap<string, null | boolean> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const words = ['and', 'or', 'not'];

const unquoted = (text: string): string =>
  text.slice(1, -1).replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));

function reader(tokens: readonly Token[]) {
  let at = 0;
  let depth = 0;
  const peek = (): Token => tokens[at] as Token;
  const isSign = (text: string) => peek().text === text && ['sign', 'name'].includes(peek().kind);
  const next = (): Token => {
    const found = peek();
    if (found.kind !== 'end') at += 1;
    return found;
  };
  const unexpected = ({ kind, text, place }: Token): never => {
    throw kind === 'end'
      ? new ExpressionError('unfinished', place)
      : new ExpressionError('unreadable', place, text);
  };
  const expect = (text: string): void => void (isSign(text) ? next() : unexpected(peek()));

  function deeper<T>(read: () => T): T {
    depth += 1;
    if (depth > deepest) throw new ExpressionError('too-deep', peek().place);
    const found = read();
    depth -= 1;
    return found;
  }

  function binary(level: number): Node {
    const operators = levels[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    for (let count = 0; ; count++) {
      const operator = operators.find(isSign);
      if (!operator) return left;
      if (count > 100) throw new ExpressionError('too-deep', peek().place);
      const { place } = next();
      left = { kind: 'binary', operator, left, right: binary(level + 1), place };
    }
  }

  function unary(): Node {
    const { place } = peek();
    if (isSign('not')) return deeper(() => (next(), { kind: 'not', of: unary(), place }));
    if (isSign('-')) return deeper(() => (next(), { kind: 'minus', of: unary(), place }));
    return path();
  }

  function path(): Node {
    let of = primary();
    for (let count = 0; count <= 100; count++) {
      const { place } = peek();
      if (isSign('.')) {
        next();
        const name = next();
        if (name.kind !== 'name' && name.kind !== 'number') unexpected(name);
        if (!isSafeName(name.text)) throw new ExpressionError('unknown-name', name.place, name.text);
        of = { kind: 'field', of, name: name.text, place: name.place };
      } else if (isSign('[')) {
        next();
        const index = deeper(() => binary(0));
        expect(']');
        of = { kind: 'index', of, index, place };
      } else return of;
    }
    throw new ExpressionError('too-deep', peek().place);
  }

  function primary(): Node {
    const found = next();
    const { kind, text, place } = found;
    if (kind === 'number') {
      const value = Number(text);
      if (!Number.isSafeInteger(value)) throw new ExpressionError('too-large', place);
      return { kind: 'literal', value, place };
    }
    if (kind === 'text') return { kind: 'literal', value: unquoted(text), place };
    if (text === '(' && kind === 'sign') {
      const inside = deeper(() => binary(0));
      expect(')');
      return inside;
    }
    if (kind !== 'name' || words.includes(text)) return unexpected(found);
    const constant = constants.get(text);
    if (constant !== undefined) return { kind: 'literal', value: constant, place };
    if (!isSign('(')) {
      if (!isSafeName(text)) throw new ExpressionError('unknown-name', place, text);
      return { kind: 'name', name: text, place };
    }
    next();
    return { kind: 'call', name: text, given: list(), place };
  }

  function list(): Node[] {
    const given: Node[] = [];
    while (!isSign(')')) {
      if (given.length > 0) expect(',');
      given.push(deeper(() => binary(0)));
    }
    next();
    return given;
  }

  return { whole: () => binary(0), rest: peek, unexpected };
}

/**
 * Reads an expression: paths, comparisons, `and`, `or`, `not`, whole-number arithmetic, `&` for texts, and functions.
 * Throws `ExpressionError` with the place of the problem.
 */
export function parse(source: string): Node {
  if (source.length > longest) throw new ExpressionError('too-long', longest);
  const read = reader(tokensOf(source));
  const found = read.whole();
  if (read.rest().kind !== 'end') read.unexpected(read.rest());
  return found;
}
