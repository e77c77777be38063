import type { VNode } from 'preact';
import type { z } from 'zod';
import type { RequestContext } from '../../kit/context.ts';
import { paths } from '../../../templates/paths.ts';
import { type AnyRoute, defineForm, defineRoute, type FormState } from '../../kit/route.ts';

/** What an administrator does to the registry: one form and one JSON route from one declaration. */
interface ServerAction<P extends z.ZodObject, B extends z.ZodType, R extends z.ZodType> {
  /** Below `/admin/integrations`, and below `/api/admin/integrations` for JSON. */
  path: string;
  summary: string;
  params: P;
  body: B;
  response: R;
  errors: readonly string[];
  run(context: RequestContext, params: z.output<P>, body: z.output<B>): Promise<void>;
  /** What the JSON route answers with. */
  answer(context: RequestContext, params: z.output<P>): Promise<z.input<R>>;
  /** Where the form redirects to. */
  to(params: z.output<P>): string;
  /** Shown after the redirect. */
  done: string;
  /** The page again with the rejected form. */
  again(context: RequestContext, params: z.output<P>, form: FormState): Promise<VNode>;
}

export function serverAction<P extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>(
  action: ServerAction<P, B, R>,
): AnyRoute[] {
  const { path, params, body, summary, response, errors } = action;
  return [
    defineRoute<R, z.ZodObject, undefined, z.ZodType>({
      method: 'POST',
      path: `/api${paths.registry}${path}`,
      access: 'registry.manage',
      ...{ summary, params, body, response, errors },
      async handle(context, input) {
        await action.run(context, input.params as z.output<P>, input.body as z.output<B>);
        return action.answer(context, input.params as z.output<P>);
      },
    }),
    defineForm<z.ZodType, z.ZodObject>({
      path: `${paths.registry}${path}`,
      access: 'registry.manage',
      ...{ params, body },
      async submit(context, input) {
        await action.run(context, input.params as z.output<P>, input.body as z.output<B>);
        return { to: action.to(input.params as z.output<P>), flash: { kind: 'done', text: action.done } };
      },
      again: (context, { params: at, form }) => action.again(context, at as z.output<P>, form),
    }),
  ];
}
