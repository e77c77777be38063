/** What an expression is made of; places are offsets into its text. */
export type Node = { place: number } & (
  | { kind: 'literal'; value: null | boolean | number | string }
  | { kind: 'name'; name: string }
  | { kind: 'field'; of: Node; name: string }
  | { kind: 'index'; of: Node; index: Node }
  | { kind: 'call'; name: string; given: Node[] }
  | { kind: 'not' | 'minus'; of: Node }
  | { kind: 'binary'; operator: Operator; left: Node; right: Node }
);
export type Operator =
  'or' | 'and' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | '&';

export const expressionProblems = [
  'too-long',
  'too-deep',
  'unreadable',
  'unfinished',
  'unknown-name',
  'unknown-function',
  'wrong-count',
  'wrong-type',
  'not-whole',
  'too-large',
  'by-zero',
  'no-date',
] as const;
export type ExpressionProblem = (typeof expressionProblems)[number];

/** An expression that can't be read or has no value; `place` is an offset into its text. */
export class ExpressionError extends Error {
  readonly problem: ExpressionProblem;
  readonly place: number;
  /** The name, sign or function it is about. */
  readonly about: string | undefined;

  constructor(problem: ExpressionProblem, place: number, about?: string) {
    super(problem);
    this.name = 'ExpressionError';
    this.problem = problem;
    this.place = place;
    this.about = about;
  }
}

/** Names that lead to prototypes; no field has them. */
const unsafe = ['__proto__', 'constructor', 'prototype'];
export const isSafeName = (name: string): boolean => !unsafe.includes(name);
