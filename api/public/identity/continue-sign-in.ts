import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { idFromKey } from '../../../db/domain/ids.ts';
import { passwordLength, type User } from '../../../db/domain/people/user.ts';
import { roleTitles } from '../../../db/domain/roles.ts';
import * as links from '../../../db/repos/identity/provider-links.ts';
import * as providers from '../../../db/repos/identity/providers.ts';
import * as ways from '../../../db/repos/identity/sign-in-ways.ts';
import * as invitations from '../../../db/repos/people/invitations.ts';
import * as users from '../../../db/repos/people/users.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import type { Tx } from '../../../db/scope.ts';
import { paths } from '../../../templates/paths.ts';
import { ContinueSignInPage } from '../../../templates/public/identity/continue-sign-in.tsx';
import { workflowId } from '../../../workflows/define.ts';
import { sendInviteContract } from '../../../workflows/people/send-invite.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, type FormState } from '../../kit/route.ts';
import { orAskForCode } from '../shared/pending-sign-in.ts';
import { type HeldIdentity, identityCookie } from '../shared/sealed-cookies.ts';
import { openByProvider } from '../shared/provider-session.ts';
import { checkPassword, hashNewPassword } from '../shared/session.ts';
import { changeOwn } from './own-account.ts';

/** What is known here of a person who came from a provider. */
interface Known {
  held: HeldIdentity;
  title: string;
  linked: links.LinkedPerson | null;
  /** The account of the confirmed address. */
  account: User | null;
  /** An invitation to that address, of a business that allows this provider. */
  invitation: (invitations.Invitation & { businessName: string }) | null;
}

async function readInvitation(
  tx: Tx,
  { provider }: HeldIdentity,
  email: string,
): Promise<Known['invitation']> {
  for (const found of await invitations.listOpenByEmail(tx, email)) {
    if (!(await ways.isAllowed(tx, found, provider))) continue;
    return { ...found, businessName: (await tenants.get(tx, found.tenantId)).name };
  }
  return null;
}

/** Throws `provider.expired` where this browser brings no one. */
async function readKnown(context: RequestContext): Promise<Known> {
  const held = identityCookie.read(context);
  if (!held) throw new AppError('provider.expired');
  return context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, async (tx) => {
    const { title } = await providers.getOn(tx, held.provider);
    const email = held.emailVerified ? held.email : null;
    const account = email === null ? null : await users.findByEmail(tx, email);
    return {
      ...{ held, title, account },
      linked: await links.findPerson(tx, held),
      invitation: email === null || account?.platformRole ? null : await readInvitation(tx, held, email),
    };
  });
}

/** What this person has to do: connect to who is signed in, prove the account here, join, or sign up. */
function stepOf(context: RequestContext, { linked, account, invitation }: Known) {
  if (context.principal) return 'connect' as const;
  if (linked) return invitation ? ('join' as const) : ('refused' as const);
  if (account) return 'password' as const;
  return invitation ? ('join' as const) : ('signUp' as const);
}

async function page(context: RequestContext, form?: FormState) {
  const known = await readKnown(context).catch((error: unknown) => {
    if (error instanceof AppError && error.status < 500) return error;
    throw error;
  });
  const back = context.principal ? paths.signInMethods : paths.signIn;
  if (known instanceof AppError)
    return { to: back, flash: { kind: 'problem' as const, text: known.message } };
  const step = stepOf(context, known);
  if (step === 'refused')
    return {
      to: back,
      flash: { kind: 'problem' as const, text: new AppError('provider.not-allowed').message },
    };
  const { held, title, invitation } = known;
  return ContinueSignInPage({
    frame: pageContextOf(context),
    step,
    provider: title,
    account: held.email ?? held.name ?? title,
    invitation: invitation && {
      businessName: invitation.businessName,
      roleTitle: roleTitles[invitation.role],
    },
    ...(form && { form }),
  });
}

async function accept(
  context: RequestContext,
  { id, tenantId }: invitations.Invitation,
  person: { userId: string; name: string; passwordHash: string | null },
): Promise<void> {
  const run = workflowId(tenantId, sendInviteContract.name, id);
  await context.deps.processes.update(sendInviteContract, run, 'accept', person);
}

/** Connects the account in the name of its person. */
async function connect(
  context: RequestContext,
  { held }: Known,
  userId: string,
): Promise<links.LinkedPerson> {
  const enter = (tx: Tx) => ways.entrance(tx, userId, held.provider);
  const reading = { ...context.scope('platform'), readOnly: true };
  const tenantId = await context.deps.db.inScope(reading, enter);
  return changeOwn(context, { userId, ...(tenantId && { tenantId }) }, async (tx, filed) => {
    // What the business allows may have changed since it was read.
    await enter(tx);
    await links.insert(tx, held, { userId, filed });
    const person = await links.findPerson(tx, held);
    if (!person) throw new AppError('user.not-found');
    return person;
  });
}

/** The address proves nothing about the account here: its password does, once. */
async function proveAndConnect(
  context: RequestContext,
  known: Known,
  account: User,
  password: string,
): Promise<links.LinkedPerson> {
  const checked = await checkPassword(context, account.email, password);
  if (known.invitation)
    await accept(context, known.invitation, {
      userId: checked.userId,
      name: account.name,
      passwordHash: null,
    });
  return connect(context, known, checked.userId);
}

/** Joins with the connected account, or with a new one that has no password until its person asks for one. */
async function join(
  context: RequestContext,
  known: Known,
  invitation: invitations.Invitation,
): Promise<links.LinkedPerson> {
  const { linked, held } = known;
  if (linked) {
    const { name } = await context.deps.db.inScope(context.scope('platform'), (tx) =>
      users.get(tx, linked.userId),
    );
    await accept(context, invitation, { userId: linked.userId, name, passwordHash: null });
    return { ...linked, hasAccess: true };
  }
  const userId = await idFromKey('user', invitation.id);
  const passwordHash = await hashNewPassword(context, randomBytes(32).toString('base64url'));
  const name = held.name || invitation.name || invitation.email;
  await accept(context, invitation, { userId, name, passwordHash });
  return connect(context, known, userId);
}

/** Throws `session.wrong-credentials`, `provider.expired`, `provider.not-allowed`, `session.code-required`. */
async function proceed(context: RequestContext, password: string | undefined): Promise<void> {
  const known = await readKnown(context);
  const { account, invitation, held } = known;
  const step = stepOf(context, known);
  const finish = async (person: links.LinkedPerson) => {
    identityCookie.drop(context);
    await openByProvider(context, held, person);
  };
  if (step === 'password' && account) {
    if (!password)
      throw new AppError('request.invalid', { fields: { password: 'Enter the password of your account.' } });
    return finish(await proveAndConnect(context, known, account, password));
  }
  if (step === 'join' && invitation) return finish(await join(context, known, invitation));
  throw new AppError('provider.expired');
}

/** Where people go on who came from a provider and aren't connected yet. */
export const continueSignInRoutes = [
  definePage({ path: paths.continueSignIn, access: 'public', show: (context) => page(context) }),
  defineForm({
    path: paths.continueSignIn,
    access: 'public',
    whileViewing: 'never',
    body: z.strictObject({ password: z.string().max(passwordLength.max).optional() }),
    async submit(context, { body }) {
      const next = identityCookie.read(context)?.next ?? null;
      return orAskForCode(next, async () => {
        await proceed(context, body.password);
        return { to: next ?? '/' };
      });
    },
    again: (context, { form }) => page(context, form),
  }),
];
