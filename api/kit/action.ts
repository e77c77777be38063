import type { VNode } from 'preact';
import { z } from 'zod';
import { catchExpected } from './catch-expected.ts';
import type { RequestContext } from './context.ts';
import type { Flash } from './flash.ts';
import { followSlowRun } from './slow-run.ts';
import {
  type Access,
  type AnyRoute,
  defineForm,
  defineRoute,
  type FormState,
  type Method,
  type Redirect,
  type Route,
} from './route.ts';

interface Input<P, B> {
  params: P;
  body: B;
}

/** Something people do by a form, and programs by a JSON route: declared once. */
export interface Action<
  P extends z.ZodObject,
  B extends z.ZodType,
  R extends z.ZodType,
  Result,
  F extends z.ZodType = B,
> {
  paths: { api: string; form: string };
  access: Access;
  stepUp?: true;
  whileViewing?: Route['whileViewing'];
  whileMustDo?: true;
  whileUnpaid?: 'always';
  /** One line for the OpenAPI document. */
  summary: string;
  params?: P;
  /** What both take; left out where there is nothing to say. */
  body?: B;
  /** What the form takes: all of `body`, and what only the page needs. */
  formBody?: F & (z.output<F> extends z.output<B> ? unknown : never);
  /** What the JSON route takes in its address; read by `run` from the request. */
  query?: z.ZodType;
  /** Method and status of the JSON route; POST and 200 if left out. */
  method?: Exclude<Method, 'GET'>;
  status?: 200 | 201 | 202;
  response: R;
  /** Error codes it answers with besides those that every route can. */
  errors?: readonly string[];
  /** Does it, once per request; a refusal throws `AppError`. */
  run(context: RequestContext, input: Input<z.output<P>, z.output<B>>): Promise<Result>;
  /** What the JSON route answers with afterwards. */
  answer(context: RequestContext, result: Result, params: z.output<P>): Promise<z.input<R>>;
  /** What people read on the page that the form leads to; a text says that it is done. Nothing where it leads elsewhere. */
  done?(result: Result, input: Input<z.output<P>, z.output<F>>): string | Flash;
  then(result: Result, input: Input<z.output<P>, z.output<F>>, context: RequestContext): string;
  /**
   * What people read, and where, while the run that `run` has named in `locals` takes longer than they wait; the
   * message follows it to its end. Without it they are told on the form.
   */
  slow?: { text: string; to(params: z.output<P>): string };
  /** After a refusal: the page again, with the values kept and what is wrong, or where that can't be shown. */
  rerender?:
    | ((context: RequestContext, at: { params: z.output<P>; form: FormState }) => Promise<VNode | Redirect>)
    | undefined;
  /** Holds secrets under names that can't be known; see `Form`. */
  secret?: true;
  /** Where a form without a dialog leads after a refusal; the reason is shown there. */
  refusedTo?: ((params: z.output<P>) => string) | undefined;
}

const nothing = z.object({});

/** The JSON route and the form of one action; the access matrix and the OpenAPI document see both. */
export function defineAction<
  R extends z.ZodType,
  Result,
  P extends z.ZodObject = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodObject<Record<never, never>>,
  F extends z.ZodType = B,
>(action: Action<P, B, R, Result, F>): AnyRoute[] {
  type Given = Input<z.output<P>, z.output<B>>;
  const { access, paths, params, body, query, summary, response, errors, rerender, refusedTo } = action;
  const { method = 'POST', status = 200, slow } = action;
  const guards = {
    ...(action.stepUp && { stepUp: action.stepUp }),
    ...(action.whileViewing && { whileViewing: action.whileViewing }),
    ...(action.whileMustDo && { whileMustDo: action.whileMustDo }),
    ...(action.whileUnpaid && { whileUnpaid: action.whileUnpaid }),
  };
  return [
    defineRoute<R, z.ZodObject | undefined, z.ZodType | undefined, z.ZodType | undefined>({
      ...{ path: paths.api, method, status, access, summary, params, query, body, response, ...guards },
      ...(errors && { errors }),
      async handle(context, input) {
        const given = input as unknown as Given;
        return action.answer(context, await action.run(context, given), given.params);
      },
    }),
    defineForm<z.ZodType, z.ZodObject | undefined>({
      ...{ path: paths.form, access, params, body: action.formBody ?? body ?? nothing, ...guards },
      ...(action.secret && { secret: action.secret }),
      async submit(context, input) {
        const given = input as unknown as Input<z.output<P>, z.output<F>>;
        // `formBody` holds everything that `body` asks for.
        const asked = input as unknown as Given;
        const run = async () => ({ result: await action.run(context, asked) });
        const work = async () => (refusedTo ? catchExpected(run) : { value: await run() });
        const ran = await work().catch(async (error: unknown) => {
          const workflowId: unknown = context.response.locals['workflowId'];
          if (!slow || typeof workflowId !== 'string') throw error;
          return { slow: await followSlowRun(context, error, { run: workflowId, text: slow.text }) };
        });
        if ('slow' in ran) return { to: slow?.to(given.params) ?? '', flash: ran.slow };
        if ('problem' in ran) {
          return { to: refusedTo?.(given.params) ?? '', flash: { kind: 'problem', text: ran.problem } };
        }
        const { result } = ran.value;
        const told = action.done?.(result, given);
        const flash = typeof told === 'string' ? { kind: 'done' as const, text: told } : told;
        return { to: action.then(result, given, context), ...(flash && { flash }) };
      },
      ...(rerender && {
        again: (context, { params: at, form }) => rerender(context, { params: at as z.output<P>, form }),
      }),
    }),
  ];
}
