import type { z } from 'zod';
import type { Permission } from '../../db/domain/permissions.ts';
import type { VNode } from 'preact';
import type { FormState } from '../../templates/ui/form-state.tsx';
import type { RequestContext } from './context.ts';
import type { Flash } from './flash.ts';

export type { FormState };

/** Who may call: everyone, anyone signed in, or holders of a permission. */
export type Access = 'public' | 'signed-in' | Permission;
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Base {
  path: string;
  access: Access;
  /** Path parameters; every one in the path must be here. */
  params?: z.ZodObject;
  /** The person must have proved who they are in the last five minutes. */
  stepUp?: true;
  /**
   * In a view as another person. `never`: refused, also for looking; `always`: taken, also in one that only reads. Without
   * it a view that only reads refuses what changes something.
   */
  whileViewing?: 'never' | 'always';
  /** Taken also from a person who must change the password or add a second factor first. */
  whileMustDo?: true;
  /**
   * Taken also from a business with an unpaid invoice. Without it one that is restricted changes nothing, and one that is
   * suspended reaches nothing. What a permission allows throughout needs it not; nor does what is public.
   */
  whileUnpaid?: 'always';
}

type BodyFor = (context: RequestContext, params: RouteInput['params']) => z.ZodType;

/** A JSON endpoint of the API: all there is to know of it. */
export interface Route extends Base {
  kind: 'json';
  method: Method;
  summary: string;
  /** It is to go: lives for at least 12 months more (docs/api.md). */
  deprecated?: true;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Where what `body` takes depends on the parameters: the schema that is parsed instead. */
  bodyFor?: BodyFor;
  status: 200 | 201 | 202;
  response: z.ZodType;
  /** Error codes it answers with besides those every route can. */
  errors?: readonly string[];
  handle(context: RequestContext, input: RouteInput): Promise<unknown>;
}

/** A page: reads and shows. */
export interface Page extends Base {
  kind: 'page';
  query?: z.ZodType;
  show(context: RequestContext, input: RouteInput): Promise<VNode | Redirect>;
}

/**
 * A form post: does something, then leads on; or shows the form again with what is wrong. Only what may be seen once
 * and never again is shown as the answer itself.
 */
export interface Form extends Base {
  kind: 'form';
  body: z.ZodType;
  /** Where what `body` takes depends on the parameters: the schema that is parsed instead. */
  bodyFor?: BodyFor;
  submit(context: RequestContext, input: RouteInput): Promise<Redirect | VNode>;
  /** The page with the values kept and the messages in place. Without it, its person is led back to the page above. */
  again?(
    context: RequestContext,
    input: { params: RouteInput['params']; form: Required<FormState> },
  ): Promise<VNode | Redirect>;
  /** Holds secrets under names that can't be known: what was typed isn't kept while its person signs in again. */
  secret?: true;
  /** Takes a file: its parts come as multipart. */
  upload?: true;
}

/** A route that writes its own response: a stream, a file. */
export interface Raw extends Base {
  kind: 'raw';
  method: 'GET';
  serve(context: RequestContext, input: RouteInput): Promise<void>;
}

/** Where another system calls us, by GET, HEAD or POST: its proof is over the bytes it sent, and it has no session. */
export interface Hook extends Base {
  kind: 'hook';
  access: 'public';
  params: z.ZodObject;
  receive(context: RequestContext, input: { params: RouteInput['params']; raw: Buffer }): Promise<void>;
}

export interface RouteInput {
  params: Record<string, string>;
  query: unknown;
  body: unknown;
}

export interface Redirect {
  to: string;
  flash?: Flash;
}

export function isRedirect(value: VNode | Redirect): value is Redirect {
  return 'to' in value;
}

export type AnyRoute = Route | Page | Form | Raw | Hook;

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type Typed<P, Q, B> = {
  params: P extends z.ZodType ? z.output<P> : Record<string, never>;
  query: Parsed<Q>;
  body: Parsed<B>;
};

export function defineRoute<
  R extends z.ZodType,
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  spec: Omit<Route, 'kind' | 'handle' | 'params' | 'query' | 'body' | 'bodyFor' | 'response' | 'status'> & {
    params?: P;
    query?: Q;
    body?: B;
    bodyFor?(context: RequestContext, params: Typed<P, undefined, undefined>['params']): z.ZodType;
    response: R;
    status?: Route['status'];
    handle(context: RequestContext, input: Typed<P, Q, B>): Promise<z.input<R>>;
  },
): Route {
  return { kind: 'json', status: 200, ...spec } as unknown as Route;
}

export function definePage<
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
>(
  spec: Omit<Page, 'kind' | 'show' | 'params' | 'query'> & {
    params?: P;
    query?: Q;
    show(context: RequestContext, input: Typed<P, Q, undefined>): Promise<VNode | Redirect>;
  },
): Page {
  return { kind: 'page', ...spec } as unknown as Page;
}

export function defineForm<B extends z.ZodType, P extends z.ZodObject | undefined = undefined>(
  spec: Omit<Form, 'kind' | 'submit' | 'again' | 'params' | 'body' | 'bodyFor'> & {
    params?: P;
    body: B;
    bodyFor?(context: RequestContext, params: Typed<P, undefined, undefined>['params']): z.ZodType;
    submit(context: RequestContext, input: Typed<P, undefined, B>): Promise<Redirect | VNode>;
    again?(
      context: RequestContext,
      input: { params: Typed<P, undefined, B>['params']; form: Required<FormState> },
    ): Promise<VNode | Redirect>;
  },
): Form {
  return { kind: 'form', ...spec } as unknown as Form;
}

export function defineRaw<P extends z.ZodObject | undefined = undefined>(
  spec: Omit<Raw, 'kind' | 'method' | 'serve' | 'params'> & {
    params?: P;
    serve(context: RequestContext, input: Typed<P, undefined, undefined>): Promise<void>;
  },
): Raw {
  return { kind: 'raw', method: 'GET', ...spec } as unknown as Raw;
}

export function defineHook<P extends z.ZodObject>(
  spec: Omit<Hook, 'kind' | 'access' | 'receive' | 'params'> & {
    params: P;
    receive(context: RequestContext, input: { params: z.output<P>; raw: Buffer }): Promise<void>;
  },
): Hook {
  return { kind: 'hook', access: 'public', ...spec } as unknown as Hook;
}
