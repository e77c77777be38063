/** What JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/**
 * A value of a step: JSON in which a text that begins with `=` is an expression, and `{{ … }}` inside a text is
 * replaced by one.
 */
export type Value = Json;

interface Base {
  /** Names its result in expressions: `steps.<id>`. Unique in its template. */
  id: string;
  title: string;
}
interface Effective extends Base {
  /** Its result in a dry run; a usual one of its kind without it. */
  example?: Json;
  /** The run continues when the step fails; its result is then `{ failed: true, code }`. */
  optional?: boolean;
}

export interface ToolStep extends Effective {
  kind: 'tool';
  server: string;
  tool: string;
  arguments: Record<string, Value>;
}
/** To people of the business by role, or to an email address. */
export interface MailStep extends Effective {
  kind: 'mail';
  to: Value;
  subject: Value;
  body: Value;
}
export const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export interface HttpStep extends Effective {
  kind: 'http';
  method: (typeof httpMethods)[number];
  url: Value;
  headers?: Record<string, Value>;
  body?: Value;
}
export interface ApprovalStep extends Effective {
  kind: 'approval';
  question: Value;
  /** Who may decide. */
  by: 'owner' | 'admin';
  expiresInDays: number;
}
/** Exactly one of `for`, `until` and `event`. */
export interface WaitStep extends Effective {
  kind: 'wait';
  for?: { days?: Value; hours?: Value; minutes?: Value };
  /** A day or a moment in ISO form; one that has passed is not waited for. */
  until?: Value;
  /** An event of the ledger about this business that is recorded from now on. */
  event?: { action: string; about?: Value; withinDays: number };
}
export interface SetStep extends Base {
  kind: 'set';
  values: Record<string, Value>;
}
/** Changes of records that a template may make. */
export const recordChanges = ['note'] as const;
export interface RecordStep extends Effective {
  kind: 'record';
  change: (typeof recordChanges)[number];
  text: Value;
}
export interface ConditionStep extends Base {
  kind: 'condition';
  /** An expression, without `=`. */
  if: string;
  then: Step[];
  else?: Step[];
}
export interface ParallelStep extends Base {
  kind: 'parallel';
  branches: Step[][];
}
/** Over the items of a list, or while an expression holds; in either case at most `max` times. */
export interface LoopStep extends Base {
  kind: 'loop';
  over?: Value;
  while?: string;
  /** Name of the item in expressions; its number, from 0, is `index`. */
  as: string;
  max: number;
  steps: Step[];
}
export interface SubTemplateStep extends Base {
  kind: 'template';
  /** Key of the template; its live version is taken when the run starts. */
  template: string;
  parameters: Record<string, Value>;
}
export type LeafStep = ToolStep | MailStep | HttpStep | ApprovalStep | WaitStep | SetStep | RecordStep;
export type Step = LeafStep | ConditionStep | ParallelStep | LoopStep | SubTemplateStep;

/** A parameter: the part of JSON Schema that forms can ask for. */
export interface Parameter {
  type: 'string' | 'integer' | 'boolean' | 'array';
  title?: string | undefined;
  description?: string | undefined;
  enum?: string[] | undefined;
  format?: 'email' | 'uri' | 'date' | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  /** Of a list: texts. */
  items?: { type: 'string' } | undefined;
  maxItems?: number | undefined;
  default?: string | number | boolean | string[] | undefined;
}
export interface Parameters {
  type: 'object';
  properties: Record<string, Parameter>;
  required: string[];
}

/** An event of the ledger about the business itself that starts a run automatically, for that business. */
export interface EventStart {
  action: string;
  /** An expression, without `=`, that knows the `event` and the `business`; without it every such event starts one. */
  if?: string | undefined;
  /** What the run is started with; expressions know the same. */
  parameters: Record<string, Value>;
}

/** What a template does: one version of it. */
export interface Definition {
  parameters: Parameters;
  on?: EventStart | undefined;
  steps: Step[];
  /** What a template that uses this one gets as its result. */
  result?: Record<string, Value> | undefined;
}

/** A definition with every template it uses, by key: all that a run needs to know. */
export interface Bundle {
  root: Definition;
  used: Record<string, Definition>;
}

export const limits = {
  /** Steps written down in one definition. */
  steps: 60,
  /** Steps inside steps. */
  depth: 6,
  branches: 5,
  /** Rounds of one loop. */
  rounds: 100,
  /** Steps that one run may take, over all loops and templates. */
  taken: 500,
  /** Rows on the page of a run, with those of the templates it uses. */
  rows: 100,
  /** Templates that use templates. */
  templateDepth: 3,
  waitDays: 365,
  /** Characters of a definition as JSON. */
  characters: 60_000,
  /** Characters of a text that a step sends or keeps. */
  text: 20_000,
  /** Characters of the result of a step as JSON, and of all that a run sends and gets. */
  value: 200_000,
  volume: 5_000_000,
  parameters: 20,
} as const;

/** Every step of a list, those inside others after the one that holds them. */
export function allSteps(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => [
    step,
    ...childrenOf(step).flatMap(({ steps: inside }) => allSteps(inside)),
  ]);
}

/** The lists of steps that a step holds, each with its place below the step. */
export function childrenOf(step: Step): { place: string; steps: readonly Step[] }[] {
  switch (step.kind) {
    case 'condition':
      return [
        { place: 'then', steps: step.then },
        ...(step.else ? [{ place: 'else', steps: step.else }] : []),
      ];
    case 'parallel':
      return step.branches.map((steps, index) => ({ place: `branches.${index}`, steps }));
    case 'loop':
      return [{ place: 'steps', steps: step.steps }];
    default:
      return [];
  }
}
