import { z } from 'zod';
import { SignInPage } from '../../../templates/public/identity/sign-in.tsx';
import * as providers from '../../../db/repos/identity/providers.ts';
import type { RequestContext } from '../../kit/context.ts';
import { csrfToken } from '../../kit/csrf.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { homeOf, localPath } from '../shared/landing.ts';
import { openAfterPassword, orAskForCode } from '../shared/pending-sign-in.ts';
import { checkSignIn, closeSession } from '../shared/session.ts';

const credentials = z.strictObject({
  email: z.string().trim().toLowerCase().min(1, 'Enter your email address.').max(254),
  password: z.string().min(1, 'Enter your password.').max(256),
});

const me = z.object({
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  tenantId: z.string().nullable(),
  partnerId: z.string().nullable(),
  csrfToken: z.string(),
});

async function page(context: RequestContext, next: string | null, form?: FormState) {
  const offered = await context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
    providers.listOn(tx),
  );
  return SignInPage({
    frame: pageContextOf(context),
    providers: offered,
    ...(next !== null && { next }),
    ...(form && { form }),
  });
}

export const signInRoutes = [
  defineRoute({
    method: 'POST',
    path: '/api/public/sign-in',
    access: 'public',
    whileViewing: 'never',
    summary: 'Sign in; the answer carries the session cookie and the CSRF token',
    body: credentials,
    response: z.object({ userId: z.string(), csrfToken: z.string() }),
    errors: [
      'session.wrong-credentials',
      'session.locked',
      'session.busy',
      'session.no-access',
      'session.suspended',
      'session.code-required',
      'session.providers-only',
    ],
    async handle(context, { body }) {
      const found = await checkSignIn(context, body.email, body.password);
      const session = await openAfterPassword(context, found);
      return { userId: session.userId, csrfToken: csrfToken(context.deps.csrfSecret, session.sessionId) };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/session/sign-out',
    access: 'signed-in',
    whileMustDo: true,
    whileViewing: 'always',
    summary: 'Sign out',
    response: z.object({ signedOut: z.literal(true) }),
    async handle(context) {
      await closeSession(context);
      return { signedOut: true as const };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/session',
    access: 'signed-in',
    whileMustDo: true,
    summary: 'Who is signed in',
    response: me,
    async handle(context) {
      const { userId, name, email, role, tenant, partnerId, sessionId } = context.person();
      const token = csrfToken(context.deps.csrfSecret, sessionId);
      return { userId, name, email, role, tenantId: tenant?.id ?? null, partnerId, csrfToken: token };
    },
  }),
  definePage({
    path: '/sign-in',
    access: 'public',
    query: z.object({ next: z.string().optional() }),
    async show(context, { query }) {
      if (context.principal) return { to: localPath(query.next) ?? homeOf(context.principal) };
      return page(context, localPath(query.next));
    },
  }),
  defineForm({
    path: '/sign-in',
    access: 'public',
    whileViewing: 'never',
    body: credentials.extend({ next: z.string().optional() }),
    async submit(context, { body }) {
      const next = localPath(body.next);
      return orAskForCode(next, async () => {
        await openAfterPassword(context, await checkSignIn(context, body.email, body.password));
        // Home knows where to send a person who is signed in.
        return { to: next ?? '/' };
      });
    },
    async again(context, { form }) {
      const next = form.values['next'];
      return page(context, localPath(typeof next === 'string' ? next : ''), form);
    },
  }),
  defineForm({
    path: '/sign-out',
    access: 'signed-in',
    whileMustDo: true,
    whileViewing: 'always',
    body: z.object({}),
    async submit(context) {
      await closeSession(context);
      return { to: '/sign-in', flash: { kind: 'done', text: 'You are signed out.' } };
    },
  }),
];
