import type { z } from 'zod';
import type { Actor } from '../db/domain/actor.ts';
import type { Permission } from '../db/domain/permissions.ts';
import type { WaitAction } from './shared/admin-actions.ts';
import type { Queue } from './shared/queues.ts';

/** A step as people see it on the run page, in the wizard and in the funnel. */
export interface StepDeclaration {
  key: string;
  title: string;
  /** What is left to do while the step waits, after "Waiting for the owner to": "choose a website". */
  pending?: string;
  /** The platform's own last step, which no person counts: "step 3 of 8" leaves it out. */
  uncounted?: boolean;
  /** The longest that it is expected to take, in milliseconds; after that it counts as late. */
  lateAfterMs?: number;
  /** An administrator may skip it. */
  skippable?: boolean;
  /**
   * A person submits it and can do so again: an administrator may skip it while it waits, and failing it hands it back
   * to that person instead of ending the run.
   */
  resubmittable?: boolean;
}

/** A request to a running process that is validated and answered. */
export interface UpdateDeclaration {
  input: z.ZodType;
  output: z.ZodType;
}

/** A message an administrator may send to an open run by hand, in words. */
export interface ManualMessage {
  title: string;
  /** What it does, in one sentence. */
  happens: string;
}

/** How the runs of a process are planned ahead. */
interface ScheduleDeclaration {
  /** Who may schedule it. */
  permission: Permission;
  /** What a person gives for it, where that isn't the whole input. */
  given?: z.ZodType;
  /** Makes the input of every run of what was given; the contract's schema checks it. */
  toInput?(given: never, by: Actor): unknown;
}

export interface ProcessDeclaration {
  /** Verb-noun, kebab-case; the workflow type is its camelCase and never changes. */
  name: string;
  title: string;
  /** One sentence for the list of processes. */
  summary: string;
  queue: Queue;
  /** What an administrator can do for the person the run waits for; the process takes `waitActionUpdates`. */
  adminActions?: readonly WaitAction[];
  /** What its subject names: pages show it beside the title and know where its result is found. */
  about?: 'server' | 'tenant' | 'invitation' | 'bulkOperation' | 'workflowTemplate';
  /** Set where the caller waits for the answer and is told of a failure: administrators need not look after it. */
  tellsCaller?: true;
  /** What cancelling a run takes back, for the dialog; a general sentence without it. */
  cancelEffect?: string;
  /** The field of its input that names a person, who must be a member of its tenant. */
  member?: string;
  /** Who may start it by hand; null when only the platform does. */
  trigger: Permission | null;
  /** Set where people may let it start at planned times. */
  schedule?: ScheduleDeclaration;
  /** The one run of the platform that never ends and works at its own times. */
  endless?: true;
  steps: readonly StepDeclaration[];
  /** Validated by the caller before the start; a workflow never parses. */
  input: z.ZodType;
  output: z.ZodType;
  updates: Readonly<Record<string, UpdateDeclaration>>;
  /** Facts it receives without an answer. */
  signals?: Readonly<Record<string, z.ZodType>>;
  /**
   * The updates and signals an administrator may send from the run page; every other one is internal. `by` and `reason`
   * of their input are filled in, every other field is asked for.
   */
  manualMessages?: Readonly<Record<string, ManualMessage>>;
}

/** What starting a run must know of an input: its identity and what it is about. */
export interface Identity<Input> {
  tenantId(input: Input): string;
  /** What makes this run this run; the whole workflow id is `t:<tenant>:<process>:<key>`. */
  key(input: Input): string;
  /** Id of what the run is about; readable in Temporal, so never a name or an address. */
  subject(input: Input): string;
}

/** Declares a process. Its workflow is beside it in `<name>.workflow.ts`. */
export function defineProcess<Input extends z.ZodType, const Rest extends Omit<ProcessDeclaration, 'input'>>(
  process: Rest & { input: Input } & Identity<z.output<Input>>,
): Rest & { input: Input } & Identity<z.output<Input>> {
  return process;
}

export type InputOf<P extends ProcessDeclaration> = z.output<P['input']>;
export type OutputOf<P extends ProcessDeclaration> = z.output<P['output']>;
export type StepOf<P extends ProcessDeclaration> = P['steps'][number]['key'];
export type UpdatesOf<P extends ProcessDeclaration> = {
  [Name in keyof P['updates'] & string]: {
    input: z.output<P['updates'][Name]['input']>;
    output: z.output<P['updates'][Name]['output']>;
  };
};

export type SignalsOf<P extends ProcessDeclaration> = {
  [Name in keyof P['signals'] & string]: P['signals'][Name] extends z.ZodType
    ? z.output<P['signals'][Name]>
    : never;
};

/** "onboard-tenant" → "onboardTenant". */
export function workflowType(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

export function workflowId(tenantId: string, process: string, key: string): string {
  return `t:${tenantId}:${process}:${key}`;
}
