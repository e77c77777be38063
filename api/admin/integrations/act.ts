import type { VNode } from 'preact';
import type { z } from 'zod';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { paths } from '../../../templates/paths.ts';
import type { AnyRoute, FormState } from '../../kit/route.ts';

/** What an administrator does to the registry: one form and one JSON route from one declaration. */
interface ServerAction<P extends z.ZodObject, B extends z.ZodType, R extends z.ZodType> {
  /** Below `/admin/integrations`, and below `/api/admin/integrations` for JSON. */
  path: string;
  summary: string;
  /** See `Base` of routes. */
  stepUp?: true;
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

/** An action on the registry: its JSON route and its form. */
export function serverAction<P extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>(
  action: ServerAction<P, B, R>,
): AnyRoute[] {
  const { path, params, body, summary, response, errors } = action;
  return defineAction<R, void, P, B>({
    paths: { api: `/api${paths.registry}${path}`, form: `${paths.registry}${path}` },
    access: 'registry.manage',
    ...(action.stepUp && { stepUp: action.stepUp }),
    ...{ summary, params, body, response, errors },
    run: (context, input) => action.run(context, input.params, input.body),
    answer: (context, _result, at) => action.answer(context, at),
    done: () => action.done,
    then: (_result, input) => action.to(input.params),
    rerender: (context, { params: at, form }) => action.again(context, at, form),
  });
}
