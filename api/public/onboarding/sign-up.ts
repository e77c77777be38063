import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { emailAddress, language, text, timezone } from '../../../db/domain/common.ts';
import { idFromKey } from '../../../db/domain/ids.ts';
import { password } from '../../../db/domain/people/user.ts';
import { hashLinkToken } from '../../../db/domain/identity/link-token.ts';
import * as partnerLinks from '../../../db/repos/tenants/partner-links.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import { workflowId } from '../../../workflows/define.ts';
import { onboardTenantContract } from '../../../workflows/onboarding/onboard-tenant.contract.ts';
import { paths } from '../../../templates/paths.ts';
import { CheckEmailPage } from '../../../templates/public/onboarding/check-email.tsx';
import { signUpCopy } from '../../../templates/public/onboarding/copy.ts';
import { EndedSignUpLinkPage, SignUpPage } from '../../../templates/public/onboarding/sign-up.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { idempotencyKey, idempotencyKeyOf, keptKey } from '../../kit/idempotency-key.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { placeOf } from '../../kit/place.ts';
import { setRateLimit } from '../../kit/rate-limit-headers.ts';
import { defineForm, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { identityCookie, signUpCookie } from '../shared/sealed-cookies.ts';
import { homeOf } from '../shared/landing.ts';
import { hashNewPassword } from '../shared/session.ts';

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

/**
 * The tenant that a request asks for: the same for the same key and values, and another for any other values, so that a
 * repeated request is the same sign-up and never reaches what someone else began. No one but this platform can compute it
 * from what was typed.
 */
function tenantIdOf({ deps }: RequestContext, asked: readonly unknown[]): Promise<string> {
  const mark = createHmac('sha256', deps.csrfSecret).update(`sign-up:${JSON.stringify(asked)}`);
  return idFromKey('tenant', mark.digest('base64url'));
}

/**
 * Takes a sign-up, and finds out nothing about its address: whether that has an account is the run's to see, which mails
 * either the link to confirm it, or that there is an account already. Both take the same work until here. Throws
 * `password.too-weak`, `tenant.name-taken`, `request.rate-limited`, `session.busy`.
 */
async function signUp(context: RequestContext, body: Account, key: string, partnerId: string | null) {
  const { processes, db, limits } = context.deps;
  const { password: plain, ...asked } = body;
  setRateLimit(context.response, await limits.take('sign-up', placeOf(context.request.ip)));
  const problem = await context.deps.passwordProblem(plain, [
    asked.email,
    asked.ownerName,
    asked.businessName,
  ]);
  if (problem) throw new AppError('password.too-weak', { fields: { password: problem } });
  const tenantId = await tenantIdOf(context, [key, asked, plain, partnerId]);
  const userId = await idFromKey('user', tenantId);
  const isRepeated = await db.inScope({ ...context.scope('platform'), readOnly: true }, async (tx) => {
    if (await tenants.isNameTaken(tx, { id: tenantId, name: asked.businessName }))
      throw new AppError('tenant.name-taken', { fields: { businessName: signUpCopy.nameTaken } });
    return (await tenants.find(tx, tenantId)) !== null;
  });
  const passwordHash = await hashNewPassword(context, plain);
  const run = workflowId(tenantId, onboardTenantContract.name, 'sign-up');
  // Temporal forgets old runs, and is asked once in either case: the time tells nothing.
  if (isRepeated) await processes.findProgress(run);
  else
    await processes.start(
      onboardTenantContract,
      { ...asked, tenantId, userId, passwordHash, partnerId },
      { type: 'user', id: userId },
      tenantId,
    );
  signUpCookie.keep(context, { userId });
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

/** The form as it was sent, which may have been wrong in any way. */
const formAgain = (context: RequestContext, requestKey: string, form: FormState) =>
  signUpPage(context, partnerToken.catch('unreadable').parse(form.values?.['partner']), requestKey, form);

export const signUpRoutes = [
  defineRoute({
    method: 'POST',
    path: '/api/public/sign-up',
    access: 'public',
    whileViewing: 'never',
    summary:
      'Sign up a business; the answer is the same for every address, and an email says how to continue. With an Idempotency-Key, a repeated request is the same sign-up',
    body: account.extend({ partner: partnerToken }),
    status: 202,
    response: z.object({ mailed: z.literal(true) }),
    errors: [
      'tenant.name-taken',
      'password.too-weak',
      'request.rate-limited',
      'session.busy',
      'partner.link-invalid',
    ],
    async handle(context, { body: { partner, ...body } }) {
      const found = await partnerBehind(context, partner);
      await signUp(context, body, idempotencyKeyOf(context), found?.id ?? null);
      return { mailed: true as const };
    },
  }),
  definePage({
    path: paths.signUp,
    access: 'public',
    query: z.object({ partner: partnerToken.catch('unreadable') }),
    async show(context, { query: { partner: token } }) {
      if (context.principal) return { to: homeOf(context.principal) };
      return signUpPage(context, token, crypto.randomUUID());
    },
  }),
  defineForm({
    path: paths.signUp,
    access: 'public',
    whileViewing: 'never',
    body: account.extend({ requestKey: idempotencyKey, partner: partnerToken }),
    async submit(context, { body: { requestKey: key, partner, ...body } }) {
      const found = await partnerBehind(context, partner);
      await signUp(context, body, key, found?.id ?? null);
      const { password: _password, ...typed } = body;
      return CheckEmailPage({
        frame: pageContextOf(context),
        typed: { ...typed, partner },
        mailboxUrl: context.deps.mailboxUrl,
      });
    },
    again: (context, { form }) => formAgain(context, keptKey(form.values), form),
  }),
  defineForm({
    path: paths.changeSignUp,
    access: 'public',
    whileViewing: 'never',
    body: account.omit({ password: true }).partial().extend({ partner: partnerToken }),
    submit: (context, { body }) => formAgain(context, crypto.randomUUID(), { values: body }),
    again: (context, { form }) => formAgain(context, crypto.randomUUID(), form),
  }),
];
