import { z } from 'zod';
import type { OpenedSession } from '../../../db/auth/provider.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { paths } from '../../../templates/paths.ts';
import { SignInCodePage } from '../../../templates/public/identity/sign-in-code.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { csrfToken } from '../../kit/csrf.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute } from '../../kit/route.ts';
import { homeOf, localPath } from '../shared/landing.ts';
import { forgetHeldSignIn, heldSignIn } from '../shared/pending-sign-in.ts';
import { checkCode } from '../shared/second-factor.ts';
import { openSession } from '../shared/session.ts';
import { next } from './own-account.ts';

const code = z.string().trim().min(1, 'Enter the code.').max(60);

/** The second half of signing in. Throws `session.sign-in-expired`, `second-factor.wrong-code`, `session.locked`. */
async function finish(context: RequestContext, typed: string): Promise<OpenedSession> {
  const { userId, provider } = await heldSignIn(context);
  await checkCode(context, userId, typed);
  forgetHeldSignIn(context);
  return openSession(context, userId, { secondFactor: true, provider });
}

/** Whether this browser holds a sign-in; where it doesn't, its person begins anew. */
async function isHeld(context: RequestContext): Promise<boolean> {
  return heldSignIn(context).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError && error.code === 'session.sign-in-expired') return false;
      throw error;
    },
  );
}

export const signInCodeRoutes = [
  defineRoute({
    method: 'POST',
    path: '/api/public/sign-in/code',
    access: 'public',
    whileViewing: 'never',
    summary: 'Finish signing in with the code of the second factor, or with a backup code',
    body: z.strictObject({ code }),
    response: z.object({ userId: z.string(), csrfToken: z.string() }),
    errors: ['session.sign-in-expired', 'second-factor.wrong-code', 'session.locked'],
    async handle(context, { body }) {
      const { userId, sessionId } = await finish(context, body.code);
      return { userId, csrfToken: csrfToken(context.deps.csrfSecret, sessionId) };
    },
  }),
  definePage({
    path: paths.signInCode,
    access: 'public',
    query: z.object({ next }),
    async show(context, { query }) {
      if (context.principal) return { to: query.next ?? homeOf(context.principal) };
      if (!(await isHeld(context))) return { to: query.next ? paths.signInThen(query.next) : paths.signIn };
      return SignInCodePage({ frame: pageContextOf(context), next: query.next });
    },
  }),
  defineForm({
    path: paths.signInCode,
    access: 'public',
    whileViewing: 'never',
    body: z.strictObject({ code, next }),
    async submit(context, { body }) {
      await finish(context, body.code);
      return { to: body.next ?? '/' };
    },
    async again(context, { form }) {
      const given = form.values['next'];
      const to = localPath(typeof given === 'string' ? given : undefined) ?? undefined;
      if (context.principal) return { to: to ?? homeOf(context.principal) };
      if (!(await isHeld(context))) {
        return {
          to: to ? paths.signInThen(to) : paths.signIn,
          flash: { kind: 'problem', text: form.problem },
        };
      }
      const { code: _code, ...values } = form.values;
      return SignInCodePage({ frame: pageContextOf(context), next: to, form: { ...form, values } });
    },
  }),
];
