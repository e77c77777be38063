import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { providerKey } from '../../../db/domain/identity/sign-in-provider.ts';
import * as links from '../../../db/repos/identity/provider-links.ts';
import * as providers from '../../../db/repos/identity/providers.ts';
import * as ways from '../../../db/repos/identity/sign-in-ways.ts';
import { paths } from '../../../templates/paths.ts';
import { methodsCopy as copy } from '../../../templates/public/identity/provider-copy.ts';
import { SignInMethodsPage } from '../../../templates/public/identity/sign-in-methods.tsx';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute } from '../../kit/route.ts';
import { identityCookie } from '../shared/sealed-cookies.ts';
import { changeOwn, filedUnder } from './own-account.ts';

const access = 'account.secure';
const method = z.object({
  provider: z.string(),
  title: z.string(),
  connectedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});

/** Connected accounts, and providers that can be connected: those that some business of the person allows. */
async function read(context: RequestContext): Promise<z.input<typeof method>[]> {
  const { userId } = context.person();
  return context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, async (tx) => {
    const connected = await links.listOfPerson(tx, userId);
    const allowed = await ways.listAllowed(tx, userId);
    return (await providers.list(tx)).flatMap(({ key, title, isOn }) => {
      const link = connected.find(({ provider }) => provider === key);
      if (!link && !(isOn && (allowed === null || allowed.has(key)))) return [];
      return [
        {
          ...{ provider: key, title },
          connectedAt: link?.createdAt.toISOString() ?? null,
          lastUsedAt: link?.lastUsedAt.toISOString() ?? null,
        },
      ];
    });
  });
}

/** Connects who came from a provider to the person who is signed in here. Throws `provider.expired`. */
async function connect(context: RequestContext): Promise<{ provider: string }> {
  const held = identityCookie.read(context);
  if (!held) throw new AppError('provider.expired');
  const { userId } = context.person();
  await changeOwn(context, { userId, ...filedUnder(context) }, async (tx, filed) => {
    await providers.getOn(tx, held.provider);
    await links.insert(tx, held, { userId, filed });
  });
  identityCookie.drop(context);
  return { provider: held.provider };
}

const own = { access, stepUp: true, whileViewing: 'never' } as const;

/** The accounts elsewhere that a person signs in with. */
export const signInMethodRoutes = [
  definePage({
    path: paths.signInMethods,
    access,
    whileViewing: 'never',
    show: async (context) =>
      SignInMethodsPage({
        frame: pageContextOf(context),
        methods: await read(context),
        mayAllow: context.can('sign-in.manage'),
      }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/session/sign-in-methods',
    access,
    whileViewing: 'never',
    summary: 'The sign-in providers you are connected to, and those you can connect',
    response: z.object({ items: z.array(method) }),
    handle: async (context) => ({ items: await read(context) }),
  }),
  ...defineAction({
    paths: { api: '/api/session/sign-in-methods/connect', form: paths.connectSignIn },
    ...own,
    summary: 'Connect the account you came back with from a sign-in provider',
    response: z.object({ provider: z.string() }),
    errors: [
      'provider.expired',
      'provider.not-found',
      'provider.linked-elsewhere',
      'provider.already-linked',
    ],
    run: (context) => connect(context),
    answer: async (_context, result) => result,
    done: () => copy.connected,
    then: () => paths.signInMethods,
  }),
  ...defineAction({
    paths: {
      api: '/api/session/sign-in-methods/:provider/remove',
      form: '/account/sign-in-methods/:provider/remove',
    },
    ...own,
    summary: 'Disconnect the account of a sign-in provider',
    params: z.object({ provider: providerKey }),
    response: z.object({ removed: z.literal(true) }),
    errors: ['provider.not-found'],
    run: (context, { params: { provider } }) => {
      const { userId } = context.person();
      return changeOwn(context, { userId, ...filedUnder(context) }, (tx, filed) =>
        links.remove(tx, { userId, provider, filed }),
      );
    },
    answer: async () => ({ removed: true as const }),
    done: () => copy.removed,
    then: () => paths.signInMethods,
  }),
];
