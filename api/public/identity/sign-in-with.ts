import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import {
  isDomainAllowed,
  type ProviderIdentity,
  providerKey,
  type SignInProvider,
} from '../../../db/domain/identity/sign-in-provider.ts';
import * as links from '../../../db/repos/identity/provider-links.ts';
import * as providers from '../../../db/repos/identity/providers.ts';
import type { Tx } from '../../../db/scope.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { placeOf } from '../../kit/place.ts';
import { definePage, type Redirect } from '../../kit/route.ts';
import { localPath } from '../shared/landing.ts';
import { orAskForCode } from '../shared/pending-sign-in.ts';
import { identityCookie, providerTripMs, tripCookie } from '../shared/sealed-cookies.ts';
import { openByProvider } from '../shared/provider-session.ts';

const params = z.object({ provider: providerKey });

/** Coming back changes rows, though it is a GET: it is the provider that leads the browser here. */
const write = <T>(context: RequestContext, work: (tx: Tx) => Promise<T>): Promise<T> =>
  context.deps.db.inScope({ ...context.scope('platform'), readOnly: false }, work);

const redirectUriOf = ({ deps }: RequestContext, provider: string): string =>
  deps.publicUrl + paths.signInCallback(provider);

/** What a provider did wrong, for the person who set it up; what its visitors do is no failure of it. */
const failures = [
  'provider.unreachable',
  'provider.no-description',
  'provider.issuer-differs',
  'provider.address-refused',
  'provider.wrong-secret',
  'provider.bad-answer',
  'provider.clock',
];

/** Records a refused sign-in, and what the provider did wrong. */
async function recordRefusal(context: RequestContext, provider: string, { code }: AppError): Promise<void> {
  await write(context, async (tx) => {
    if (failures.includes(code)) await providers.noteOutcome(tx, provider, code);
    tx.record({
      action: 'session.refused',
      outcome: 'failure',
      targets: [{ type: 'provider', id: provider }],
      data: { provider, reason: code },
    });
  });
}

/** Where people are told what went wrong: they are signed in already, or want to be. */
const backTo = (context: RequestContext): string => (context.principal ? paths.signInMethods : paths.signIn);

async function orTold(context: RequestContext, work: () => Promise<Redirect>): Promise<Redirect> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal.unexpected') throw error;
    // The log has the cause, the person the words.
    context.response.locals['error'] = error;
    return { to: backTo(context), flash: { kind: 'problem', text: error.message } };
  }
}

async function leave(context: RequestContext, key: string, next: string | null): Promise<Redirect> {
  if (context.principal?.view) throw new AppError('view.refused');
  const { deps } = context;
  await deps.limits.take('provider', placeOf(context.request.ip));
  const provider = await write(context, (tx) => providers.getOn(tx, key));
  try {
    const { url, checks } = await deps.providers.begin(provider, redirectUriOf(context, key));
    tripCookie.keep(context, { provider: key, ...checks, next });
    return { to: url };
  } catch (error) {
    if (error instanceof AppError) await recordRefusal(context, key, error);
    throw error;
  }
}

/** Who came back. The state works once, in the browser that left, for ten minutes. */
async function identify(
  context: RequestContext,
  key: string,
): Promise<{ provider: SignInProvider; identity: ProviderIdentity; next: string | null }> {
  const { request, deps } = context;
  const left = tripCookie.read(context);
  tripCookie.drop(context);
  if (!left || left.provider !== key) throw new AppError('provider.expired');
  const stateHash = createHash('sha256').update(left.state).digest('base64url');
  const provider = await write(context, async (tx) => {
    if (!(await providers.takeState(tx, stateHash, providerTripMs))) throw new AppError('provider.expired');
    return providers.getOn(tx, key);
  });
  const callback = new URL(redirectUriOf(context, key));
  callback.search = new URL(request.originalUrl, deps.publicUrl).search;
  const identity = await deps.providers.finish(provider, callback, left);
  if (!isDomainAllowed(provider, identity)) throw new AppError('provider.domain-refused');
  return { provider, identity, next: left.next };
}

async function comeBack(context: RequestContext, key: string): Promise<Redirect> {
  if (context.principal?.view) throw new AppError('view.refused');
  try {
    const { identity, next } = await identify(context, key);
    const account = { provider: key, ...identity };
    const person = await write(context, async (tx) => {
      await providers.noteOutcome(tx, key, null);
      return links.findPerson(tx, account);
    });
    const own = context.principal;
    if (person && own && person.userId !== own.userId) throw new AppError('provider.linked-elsewhere');
    if (person && own) return { to: paths.signInMethods };
    if (!person && !own && !identity.emailVerified) throw new AppError('provider.unverified');
    const hold = () => {
      identityCookie.keep(context, { ...account, next });
      return { to: paths.continueSignIn };
    };
    if (!person) return hold();
    try {
      return await orAskForCode(next, async () => {
        await openByProvider(context, account, person);
        return { to: next ?? '/' };
      });
    } catch (error) {
      // An invitation of another business may let them in.
      if (error instanceof AppError && error.code === 'provider.not-allowed' && identity.emailVerified)
        return hold();
      throw error;
    }
  } catch (error) {
    if (error instanceof AppError) await recordRefusal(context, key, error);
    throw error;
  }
}

/** To a sign-in provider and back. */
export const signInWithRoutes = [
  definePage({
    path: '/sign-in/with/:provider',
    access: 'public',
    params,
    query: z.object({ next: z.string().max(2_000).optional() }),
    show: (context, { params: { provider }, query: { next } }) =>
      orTold(context, () => leave(context, provider, localPath(next))),
  }),
  definePage({
    path: '/sign-in/callback/:provider',
    access: 'public',
    params,
    show: (context, { params: { provider } }) => orTold(context, () => comeBack(context, provider)),
  }),
];
