import { z } from 'zod';
import type { Principal } from '../../../db/auth/provider.ts';
import { signInCopy } from '../../../templates/public/identity/copy.ts';
import { SignInPage } from '../../../templates/public/identity/sign-in.tsx';
import { csrfToken } from '../../kit/csrf.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute, type Redirect } from '../../kit/route.ts';
import { homeOf, localPath } from '../shared/landing.ts';
import { closeSession, openSession } from '../shared/session.ts';

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

/** Where a person lands who is signed in already. */
const signedIn = (principal: Principal, next: string | undefined): Redirect => ({
  to: localPath(next) ?? homeOf(principal),
  flash: { kind: 'note', text: signInCopy.already(principal.email) },
});

export const signInRoutes = [
  defineRoute({
    method: 'POST',
    path: '/api/public/sign-in',
    access: 'public',
    summary: 'Sign in; the answer carries the session cookie and the CSRF token',
    body: credentials,
    response: z.object({ userId: z.string(), csrfToken: z.string() }),
    errors: ['session.wrong-credentials', 'session.locked'],
    async handle(context, { body }) {
      const session = await openSession(context, body.email, body.password);
      return { userId: session.userId, csrfToken: csrfToken(context.deps.csrfSecret, session.sessionId) };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/session/sign-out',
    access: 'signed-in',
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
      return SignInPage({ frame: pageContextOf(context), next: localPath(query.next) ?? undefined });
    },
  }),
  defineForm({
    path: '/sign-in',
    access: 'public',
    body: credentials.extend({ next: z.string().optional() }),
    async submit(context, { body }) {
      await openSession(context, body.email, body.password);
      // Home knows where to send a person who is signed in.
      return { to: localPath(body.next) ?? '/' };
    },
    async again(context, { form }) {
      const next = form.values['next'];
      // Two tabs, and the person has signed in with the other one.
      if (context.principal) return signedIn(context.principal, typeof next === 'string' ? next : undefined);
      return SignInPage({
        frame: pageContextOf(context),
        form,
        next: localPath(typeof next === 'string' ? next : '') ?? undefined,
      });
    },
  }),
  defineForm({
    path: '/sign-out',
    access: 'signed-in',
    body: z.object({}),
    async submit(context) {
      await closeSession(context);
      return { to: '/sign-in', flash: { kind: 'done', text: 'You are signed out.' } };
    },
  }),
];
