import { z } from 'zod';
import { AppError } from '../../../../db/domain/errors.ts';
import { contracts } from '../../../../workflows/contracts.ts';
import type { Identity, ProcessDeclaration } from '../../../../workflows/define.ts';
import type { RequestContext } from '../../../kit/context.ts';
import { readForm } from '../../../kit/form-body.ts';
import { filled } from '../start/trigger.ts';

type Schedulable = ProcessDeclaration &
  Identity<unknown> & { schedule: NonNullable<ProcessDeclaration['schedule']> };

const maySchedule = (context: RequestContext, contract: ProcessDeclaration | undefined) =>
  contract?.schedule !== undefined && context.can(contract.schedule.permission);

/** The process of that name, if this person may schedule it. Throws `process.not-found` for every other. */
export function schedulable(context: RequestContext, name: string): Schedulable {
  const contract = Object.hasOwn(contracts, name) ? contracts[name] : undefined;
  if (!maySchedule(context, contract)) throw new AppError('process.not-found');
  // The input is checked by the contract's own schema before its identity is asked for anything.
  return contract as Schedulable;
}

/** Processes this person may schedule. */
export const schedulables = (context: RequestContext): Schedulable[] =>
  Object.values(contracts).filter((contract) => maySchedule(context, contract)) as Schedulable[];

/** What a person gives for runs of the process. */
export const givenSchema = ({ schedule, input }: Schedulable): z.ZodType => schedule.given ?? input;

/** The input of every run, of what a person gave. Throws `request.invalid` with the fields as `input.…`. */
export function inputOf(context: RequestContext, contract: Schedulable, given: unknown): unknown {
  const schema = givenSchema(contract);
  const read = (value: unknown) => readForm(schema, filled(value as Record<string, unknown>));
  const { input } = z.object({ input: z.preprocess(read, schema) }).parse({ input: given });
  const { schedule } = contract;
  return contract.input.parse(schedule.toInput?.(input as never, context.actor()) ?? input);
}
