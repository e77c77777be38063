import type { VNode } from 'preact';
import type { z } from 'zod';
import type { RequestContext } from '../../kit/context.ts';
import { type AnyRoute, defineForm, defineRoute, type FormState } from '../../kit/route.ts';

/** Something an administrator does to the registry: one form and one JSON route for it. */
interface Act<P extends z.ZodObject, B extends z.ZodType, R extends z.ZodType> {
  /** Below `/admin/connections`. */
  path: string;
  summary: string;
  params: P;
  body: B;
  response: R;
  errors: readonly string[];
  run(context: RequestContext, params: z.output<P>, body: z.output<B>): Promise<void>;
  /** What the API answers with afterwards. */
  answer(context: RequestContext, params: z.output<P>): Promise<z.input<R>>;
  /** Where the form leads. */
  to(params: z.output<P>): string;
  done: string;
  again(context: RequestContext, params: z.output<P>, form: FormState): Promise<VNode>;
}

export function serverAction<P extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>(
  act: Act<P, B, R>,
): AnyRoute[] {
  const { path, params, body, summary, response, errors } = act;
  return [
    defineRoute<R, z.ZodObject, undefined, z.ZodType>({
      method: 'POST',
      path: `/api/admin/connections${path}`,
      access: 'registry.manage',
      ...{ summary, params, body, response, errors },
      async handle(context, input) {
        await act.run(context, input.params as z.output<P>, input.body as z.output<B>);
        return act.answer(context, input.params as z.output<P>);
      },
    }),
    defineForm<z.ZodType, z.ZodObject>({
      path: `/admin/connections${path}`,
      access: 'registry.manage',
      ...{ params, body },
      async submit(context, input) {
        await act.run(context, input.params as z.output<P>, input.body as z.output<B>);
        return { to: act.to(input.params as z.output<P>), flash: { kind: 'done', text: act.done } };
      },
      again: (context, { params: at, form }) => act.again(context, at as z.output<P>, form),
    }),
  ];
}
