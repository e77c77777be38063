import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { emailAddress, language, text, timezone } from '../../../db/domain/common.ts';
import { idFromKey } from '../../../db/domain/ids.ts';
import type { Tenant } from '../../../db/domain/tenants/tenant.ts';
import { password, type User } from '../../../db/domain/people/user.ts';
import { hashLinkToken } from '../../../db/domain/identity/link-token.ts';
import * as partnerLinks from '../../../db/repos/tenants/partner-links.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import * as users from '../../../db/repos/people/users.ts';
import { onboardTenantContract } from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import { EndedSignUpLinkPage, SignUpPage } from '../../../templates/public/onboarding/sign-up.tsx';
import { csrfToken } from '../../kit/csrf.ts';
import type { RequestContext } from '../../kit/context.ts';
import { idempotencyKey, idempotencyKeyOf, keptKey } from '../../kit/idempotency-key.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { placeOf } from '../../kit/place.ts';
import { setRateLimit } from '../../kit/rate-limit-headers.ts';
import { defineForm, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { identityCookie } from '../shared/provider-cookies.ts';
import { homeOf } from '../shared/landing.ts';
import { openAfterPassword, orAskForCode } from '../shared/pending-sign-in.ts';
import { checkPassword, hashNewPassword } from '../shared/session.ts';

const account = z.strictObject({
  businessName: text(120, 2),
  ownerName: text(120, 2),
  email: emailAddress,
  password,
  timezone: timezone.default('UTC'),
  language: language.default('en'),
});
type Account = z.infer<typeof account>;
/** The token of a partner's sign-up link. */
const partnerToken = z.string().max(200).optional();

/** The partner behind a sign-up link; null without a link. Throws `partner.link-invalid` for one that doesn't work. */
async function partnerBehind(context: RequestContext, token: string | undefined) {
  if (token === undefined || token === '') return null;
  const tokenHash = await hashLinkToken(token);
  const partner = await context.deps.db.inScope(context.scope('platform'), (tx) =>
    partnerLinks.findPartner(tx, tokenHash),
  );
  if (!partner) throw new AppError('partner.link-invalid');
  return partner;
}

/** Whether the account is the one that was asked for; what the setup changes later is read where it does not. */
function isAsked(asked: Account, { tenant, user }: { tenant: Tenant; user: User | null }): boolean {
  return (
    tenant.name === asked.businessName &&
    user?.name === asked.ownerName &&
    user.timezone === asked.timezone &&
    user.language === asked.language
  );
}

/**
 * One account per request key: the key decides the ids, the ids decide the workflow, so a repeated request joins
 * what the first one began. The key belongs to the address, so it never leads to another person's account.
 */
async function signUp(context: RequestContext, body: Account, key: string, partnerId: string | null) {
  const { processes, db, limits } = context.deps;
  const known = [body.email, body.ownerName, body.businessName];
  const problem = await context.deps.passwordProblem(body.password, known);
  if (problem) throw new AppError('password.too-weak', { fields: { password: problem } });
  const tenantId = await idFromKey('tenant', `${key}\n${body.email}`);
  const userId = await idFromKey('user', tenantId);
  const scope = context.scope({ tenantId });
  if (!(await db.inScope(scope, (tx) => tenants.find(tx, tenantId)))) {
    setRateLimit(context.response, await limits.take('sign-up', placeOf(context.request.ip)));
    const { password: plain, ...rest } = body;
    await processes.startWithUpdate(
      onboardTenantContract,
      { ...rest, tenantId, userId, passwordHash: await hashNewPassword(context, plain), partnerId },
      { type: 'user', id: userId },
      'accountReady',
      null,
    );
  }
  // Also of two that come at the same moment with the same key, one may have asked for something else.
  const account = await db.inScope(scope, async (tx) => ({
    tenant: await tenants.get(tx, tenantId),
    user: await users.find(tx, userId),
  }));
  if (!isAsked(body, account) || account.tenant.partnerId !== partnerId)
    throw new AppError('request.key-reused');
  const checked = await checkPassword(context, body.email, body.password).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'session.wrong-credentials')
      throw new AppError('request.key-reused', { cause: error });
    throw error;
  });
  const session = await openAfterPassword(context, checked);
  return { tenantId, userId, csrfToken: csrfToken(context.deps.csrfSecret, session.sessionId) };
}

/** The sign-up page; where a link of a partner doesn't work, it says so and offers to sign up without one. */
async function signUpPage(
  context: RequestContext,
  token: string | undefined,
  requestKey: string,
  form?: FormState,
) {
  const frame = pageContextOf(context);
  try {
    const found = await partnerBehind(context, token);
    const partner = found && token !== undefined ? { name: found.name, token } : null;
    const known = identityCookie.read(context);
    return SignUpPage({ frame, requestKey, partner, ...(known && { known }), ...(form && { form }) });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'partner.link-invalid') throw error;
    return EndedSignUpLinkPage({ frame, text: error.message });
  }
}

export const signUpRoutes = [
  defineRoute({
    method: 'POST',
    path: '/api/public/sign-up',
    access: 'public',
    whileViewing: 'never',
    summary: 'Sign up a business; with an Idempotency-Key, a repeated request answers as the first did',
    body: account.extend({ partner: partnerToken }),
    status: 201,
    response: z.object({ tenantId: z.string(), userId: z.string(), csrfToken: z.string() }),
    errors: [
      'tenant.name-taken',
      'user.email-taken',
      'request.key-reused',
      'password.too-weak',
      'request.rate-limited',
      'session.busy',
      'partner.link-invalid',
      'session.code-required',
    ],
    async handle(context, { body: { partner, ...body } }) {
      const found = await partnerBehind(context, partner);
      return signUp(context, body, idempotencyKeyOf(context), found?.id ?? null);
    },
  }),
  definePage({
    path: '/sign-up',
    access: 'public',
    query: z.object({ partner: partnerToken.catch('unreadable') }),
    async show(context, { query: { partner: token } }) {
      if (context.principal) return { to: homeOf(context.principal) };
      return signUpPage(context, token, crypto.randomUUID());
    },
  }),
  defineForm({
    path: '/sign-up',
    access: 'public',
    whileViewing: 'never',
    body: account.extend({ requestKey: idempotencyKey, partner: partnerToken }),
    async submit(context, { body: { requestKey: key, partner, ...body } }) {
      const found = await partnerBehind(context, partner);
      return orAskForCode('/app/setup', async () => {
        await signUp(context, body, key, found?.id ?? null).catch((error: unknown) => {
          if (!(error instanceof AppError) || error.code !== 'request.key-reused') throw error;
          // Back in the browser, and sent again with other values: people know no keys, but their address.
          throw new AppError('user.email-taken', {
            fields: { email: 'This address already has an account.' },
          });
        });
        return { to: '/app/setup' };
      });
    },
    again: (context, { form }) =>
      signUpPage(
        context,
        partnerToken.catch('unreadable').parse(form.values['partner']),
        keptKey(form.values),
        form,
      ),
  }),
];
