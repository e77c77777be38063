import { AppError } from '../../db/domain/errors.ts';
import { paths } from '../../templates/paths.ts';
import type { RequestContext } from './context.ts';
import { formCopy } from './copy.ts';
import { keepDraft, ownerField, ownerOf, takeDraft } from './draft.ts';
import { toAppError } from './errors.ts';
import { readForm } from './form-body.ts';
import { answer } from './respond.ts';
import type { Form, RouteInput } from './route.ts';

type Params = RouteInput['params'];

/** What no form can put right: the error page says the rest. */
const final = ['session.required', 'permission.denied', 'request.not-found', 'internal.unexpected'];

/** Shows the form again, if it has a page; secrets that were typed do not come back. */
async function showAgain(
  route: Form,
  context: RequestContext,
  at: { params: Params; values: Record<string, unknown>; status: number },
  told: { errors?: Record<string, string> | undefined; problem: string },
): Promise<boolean> {
  if (!route.again) return false;
  const { password: _password, currentPassword: _current, card: _card, ...values } = at.values;
  await context.loadBadges();
  const form = { values, errors: told.errors ?? {}, problem: told.problem };
  answer(context.response, await route.again(context, { params: at.params, form }), at.status);
  return true;
}

/**
 * Takes a form. A refusal that can be put right keeps page and values; where a form has no page of its own, its person
 * is led back to `page` and told there. `outdated` is a form of an older session, which is shown again and not sent.
 */
export async function serveForm(
  route: Form,
  context: RequestContext,
  params: Params,
  { outdated, page }: { outdated: boolean; page: string | null },
): Promise<void> {
  const { request, response } = context;
  const values = readForm(route.body, (request.body ?? {}) as Record<string, unknown>);
  try {
    if (outdated) throw new AppError('request.outdated');
    const body = (route.bodyFor?.(context, params) ?? route.body).parse(values);
    answer(response, await route.submit(context, { params, query: undefined, body }));
  } catch (thrown) {
    const error = toAppError(thrown);
    if (final.includes(error.code)) throw thrown;
    const { message: problem, fields: errors, status } = error;
    if (await showAgain(route, context, { params, values, status }, { errors, problem })) return;
    // What isn't there any more may not have a page either.
    if (page === null || status === 404) throw thrown;
    response.locals['error'] = error;
    const text = errors ? Object.values(errors).join(' ') : problem;
    answer(response, { to: page, flash: { kind: 'problem', text } });
  }
}

/** Where a form is shown again, and whether what was typed is kept until then. */
function keepTyped(
  route: Form,
  { request, response, deps }: RequestContext,
  page: string | null,
  { owner, after }: { owner: unknown; after: 'sign-in' | 'confirmation' },
): { kept: boolean; next: string } {
  const values = readForm(route.body, (request.body ?? {}) as Record<string, unknown>);
  const url = request.originalUrl;
  const isEmpty = Object.keys(values).length === 0;
  const mayKeep = route.again !== undefined && !route.secret;
  const kept = isEmpty || (mayKeep && keepDraft(deps, response, { owner, url, values, after }));
  return { kept, next: route.again ? url : (page ?? '/') };
}

/** The session has ended: signing in leads back to the form, with what was typed unless it holds secrets. */
export function leadToSignIn(route: Form, context: RequestContext, page: string | null): void {
  const posted = (context.request.body ?? {}) as Record<string, unknown>;
  const { kept, next } = keepTyped(route, context, page, {
    owner: posted[ownerField],
    after: 'sign-in',
  });
  const text = kept ? formCopy.signInAgain : formCopy.signInAgainNothingKept;
  answer(context.response, { to: paths.signInThen(next), flash: { kind: 'note', text } });
}

/** The person has to confirm who they are: that leads back to the form, with what was typed unless it holds secrets. */
export function leadToConfirmation(route: Form, context: RequestContext, page: string | null): void {
  const owner = ownerOf(context.deps, context.person().userId);
  const { kept, next } = keepTyped(route, context, page, { owner, after: 'confirmation' });
  const flash = kept ? {} : { flash: { kind: 'note' as const, text: formCopy.confirmNothingKept } };
  answer(context.response, { to: paths.confirmIdentityThen(next), ...flash });
}

/** Shows a form with the draft of the person who was signed out; false where there is none for this address. */
export async function restoreForm(route: Form, context: RequestContext, params: Params): Promise<boolean> {
  const { principal, deps, request, response } = context;
  if (!route.again || !principal) return false;
  if (route.access !== 'public' && route.access !== 'signed-in' && !context.can(route.access)) return false;
  const draft = takeDraft(deps, request, response, principal.userId);
  if (draft === null) return false;
  const problem = draft.after === 'sign-in' ? formCopy.restored : formCopy.confirmed;
  return showAgain(route, context, { params, values: draft.values, status: 200 }, { problem });
}
