import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { providersOnly, signInProviders } from '../../../db/domain/identity/settings.ts';
import { providerKey } from '../../../db/domain/identity/sign-in-provider.ts';
import * as providers from '../../../db/repos/identity/providers.ts';
import * as settings from '../../../db/repos/settings/values.ts';
import type { Tx } from '../../../db/scope.ts';
import { BusinessSignInPage } from '../../../templates/client/identity/business-sign-in.tsx';
import { businessSignInCopy as copy } from '../../../templates/client/identity/business-sign-in-copy.ts';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute, type FormState } from '../../kit/route.ts';

const access = 'sign-in.manage';
const choice = z.strictObject({
  providers: z.array(providerKey).max(20).default([]),
  providersOnly: z.boolean().default(false),
});
type Choice = z.output<typeof choice>;

/** Providers are the platform's rows: they are read in its reach, with what is set for the caller's tenant alone. */
async function readChoice(tx: Tx, tenantId: string): Promise<Choice> {
  return {
    providers: await settings.resolve(tx, signInProviders, tenantId),
    providersOnly: await settings.resolve(tx, providersOnly, tenantId),
  };
}

async function read(context: RequestContext) {
  const { tenantId } = context.tenant();
  return context.deps.db.inScope(context.scope('platform'), async (tx) => ({
    offered: await providers.listOn(tx),
    chosen: await readChoice(tx, tenantId),
  }));
}

/** Throws `provider.none-works` where passwords would be refused and nothing else is there. */
async function choose(context: RequestContext, asked: Choice): Promise<Choice> {
  const { tenantId } = context.tenant();
  const owner = { level: 'tenant', id: tenantId } as const;
  return context.deps.db.inScope(context.scope('platform'), async (tx) => {
    const on = new Set((await providers.listOn(tx)).map(({ key }) => key));
    const before = await readChoice(tx, tenantId);
    // One that is turned off for now stays chosen.
    if (asked.providers.some((key) => !on.has(key) && !before.providers.includes(key)))
      throw new AppError('provider.not-found', { fields: { providers: copy.unknown } });
    if (asked.providersOnly && !asked.providers.some((key) => on.has(key)))
      throw new AppError('provider.none-works', { fields: { providers: copy.noneWorks } });
    const wanted = [...new Set(asked.providers)].sort();
    if (wanted.join() !== before.providers.join()) await settings.set(tx, signInProviders, owner, wanted);
    if (asked.providersOnly !== before.providersOnly)
      await settings.set(tx, providersOnly, owner, asked.providersOnly);
    return { ...asked, providers: wanted };
  });
}

async function page(context: RequestContext, form?: FormState) {
  const { offered, chosen } = await read(context);
  return BusinessSignInPage({
    frame: pageContextOf(context),
    ...{ offered, chosen },
    ...(form && { form }),
  });
}

/** How people of a business sign in, for its owners and administrators. */
export const businessSignInArea: Area = {
  side: 'client',
  nav: [
    {
      title: copy.title,
      href: paths.businessSignIn,
      icon: 'key',
      group: 'Account',
      permission: access,
      tabOf: paths.tenantSecurity,
    },
  ],
  routes: [
    definePage({ path: paths.businessSignIn, access, show: (context) => page(context) }),
    defineRoute({
      method: 'GET',
      path: '/api/client/sign-in',
      access,
      summary:
        'The sign-in providers there are, those your people may use, and whether passwords are refused',
      response: choice.extend({ offered: z.array(z.object({ key: z.string(), title: z.string() })) }),
      async handle(context) {
        const { offered, chosen } = await read(context);
        return { offered, ...chosen };
      },
    }),
    ...defineAction({
      paths: { api: '/api/client/sign-in', form: paths.businessSignIn },
      method: 'PUT',
      access,
      stepUp: true,
      summary: 'Choose the sign-in providers your people may use, and whether passwords are refused',
      body: choice,
      response: choice,
      errors: ['provider.not-found', 'provider.none-works'],
      run: (context, { body }) => choose(context, body),
      answer: async (_context, chosen) => chosen,
      done: () => copy.saved,
      then: () => paths.businessSignIn,
      rerender: (context, { form }) => page(context, form),
    }),
  ],
};
