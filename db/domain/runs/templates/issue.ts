import type { Definition } from './definition.ts';
import type { ExpressionProblem } from './expression.ts';

export const issueCodes = [
  'shape',
  'expression',
  'duplicate-name',
  'too-many-steps',
  'too-deep',
  'unknown-tool',
  'unknown-argument',
  'missing-argument',
  'wrong-type',
  'unknown-template',
  'template-cycle',
  'unknown-event',
  'one-of',
  'not-public',
  'wrong-default',
  'wrong-address',
] as const;
export type IssueCode = (typeof issueCodes)[number];

/** What is wrong with a definition, and where. */
export interface Issue {
  /** Path in the definition: "steps.2.then.0.arguments.email". */
  at: string;
  /** Id of the step it is in; null for parameters and the whole. */
  step: string | null;
  code: IssueCode;
  /** What it is about: a name, a type, a number. */
  about?: string;
  /** Of an expression: what is wrong, and the offset in it. */
  problem?: ExpressionProblem;
  place?: number;
  /** Of a shape: the sentence of its schema. */
  text?: string;
}

/** The part of a tool's JSON Schema that is checked before a run. */
export interface ToolShape {
  properties: Readonly<Record<string, { type?: unknown }>>;
  required: readonly string[];
  /** Whether it takes arguments that it doesn't name. */
  open: boolean;
}

/** What a definition may refer to. */
export interface Library {
  tool(server: string, tool: string): ToolShape | null;
  template(id: string): Definition | null;
  isEvent(action: string): boolean;
}
