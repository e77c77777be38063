import { z } from 'zod';
import { AppError, errorTable, isErrorCode } from '../../../db/domain/errors.ts';
import {
  kindOf,
  type ProviderFindings,
  providerKey,
  providerPresets,
  providerSettings,
  type ProviderSettings,
  type SignInProvider,
} from '../../../db/domain/identity/sign-in-provider.ts';
import * as providers from '../../../db/repos/identity/providers.ts';
import { ProviderPage, ProvidersPage } from '../../../templates/admin/identity/providers.tsx';
import { providerCopy as copy } from '../../../templates/admin/identity/provider-copy.ts';
import { paths } from '../../../templates/paths.ts';
import { defineAction } from '../../kit/action.ts';
import type { Area } from '../../kit/area.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { defineForm, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { isoOf } from '../shared/query.ts';

const access = 'providers.manage';
const params = z.object({ provider: providerKey });

const item = z.object({
  key: z.string(),
  kind: z.string(),
  title: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  domains: z.array(z.string()),
  isOn: z.boolean(),
  redirectUri: z.string(),
  lastSuccessAt: z.string().nullable(),
  lastFailureAt: z.string().nullable(),
  lastFailure: z.string().nullable(),
});

const redirectUriOf = ({ deps }: RequestContext, key: string) => deps.publicUrl + paths.signInCallback(key);

/** Everything but the secret, which is never shown. */
function toItem(context: RequestContext, provider: SignInProvider): z.input<typeof item> {
  const { keyId: _keyId, sealed: _sealed, lastFailure, ...rest } = provider;
  return {
    ...rest,
    redirectUri: redirectUriOf(context, provider.key),
    lastSuccessAt: isoOf(provider.lastSuccessAt),
    lastFailureAt: isoOf(provider.lastFailureAt),
    lastFailure: isErrorCode(lastFailure) ? errorTable[lastFailure].text : lastFailure,
  };
}

async function readAll(context: RequestContext): Promise<z.input<typeof item>[]> {
  const found = await context.deps.db.inScope(context.scope('platform'), (tx) => providers.list(tx));
  return found.map((provider) => toItem(context, provider));
}

const find = (context: RequestContext, key: string): Promise<SignInProvider | null> =>
  context.deps.db.inScope(context.scope('platform'), (tx) => providers.find(tx, key));

async function page(
  context: RequestContext,
  key: string,
  shown: { form?: FormState; title?: string; test?: ProviderFindings | { problem: string } } = {},
) {
  const found = await find(context, key);
  const kind = kindOf(key);
  const preset = providerPresets[kind];
  return ProviderPage({
    frame: pageContextOf(context),
    provider: found && toItem(context, found),
    ...{ id: key, kind },
    preset: { ...preset, title: shown.title ?? preset.title },
    redirectUri: redirectUriOf(context, key),
    ...(shown.form && { form: shown.form }),
    ...(shown.test && { test: shown.test }),
  });
}

/** Throws `provider.address-refused`, `provider.secret-missing`. */
async function save(
  context: RequestContext,
  key: string,
  settings: ProviderSettings,
): Promise<SignInProvider> {
  const { clientSecret, issuer, ...rest } = settings;
  const { deps } = context;
  deps.providers.assertIssuer(issuer);
  return deps.db.inScope(context.scope('platform'), async (tx) => {
    await providers.save(
      tx,
      { key, issuer, ...rest },
      clientSecret ? deps.providers.seal(key, clientSecret) : null,
    );
    const saved = await providers.find(tx, key);
    if (!saved) throw new AppError('provider.not-found');
    return saved;
  });
}

/** Asks the provider; what went wrong is an answer, too. Throws `provider.not-configured`. */
async function test(context: RequestContext, key: string): Promise<ProviderFindings | { problem: string }> {
  const provider = await find(context, key);
  if (!provider) throw new AppError('provider.not-configured');
  const result = await context.deps.providers
    .test(provider, redirectUriOf(context, key))
    .catch((error: unknown) => {
      if (error instanceof AppError && error.code.startsWith('provider.')) return error;
      throw error;
    });
  const failed = result instanceof AppError;
  await context.deps.db.inScope(context.scope('platform'), async (tx) =>
    tx.record({
      action: 'provider.tested',
      outcome: failed ? 'failure' : 'success',
      targets: [{ type: 'provider', id: key }],
      ...(failed && { data: { reason: result.code } }),
    }),
  );
  return failed ? { problem: result.message } : result;
}

/** "Acme Login" → `acme-login`. Throws `request.invalid` for a title without a letter. */
function keyFrom(title: string): string {
  const slug = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 30)
    .replace(/-+$/, '');
  if (!providerKey.safeParse(slug).success)
    throw new AppError('request.invalid', { fields: { title: copy.add.problem } });
  return slug;
}

const show = async (context: RequestContext, form?: FormState) =>
  ProvidersPage({ frame: pageContextOf(context), providers: await readAll(context), ...(form && { form }) });

const findings = z.object({
  issuer: z.string(),
  authorizationEndpoint: z.string(),
  tokenEndpoint: z.string(),
  keys: z.number().int().nullable(),
  secret: z.enum(['accepted', 'unknown']),
});

/** Setting up the providers with which people can sign in. */
export const providersArea: Area = {
  side: 'admin',
  nav: [
    {
      title: copy.title,
      href: paths.providers,
      icon: 'key',
      group: 'Govern',
      permission: access,
      tabOf: paths.audit,
    },
  ],
  routes: [
    definePage({ path: paths.providers, access, show: (context) => show(context) }),
    defineForm({
      path: `${paths.providers}/add`,
      access,
      body: z.strictObject({ title: providerSettings.shape.title }),
      // Nothing is stored yet: the page of the new provider asks for the rest.
      submit: async (_context, { body: { title } }) => ({
        to: `${paths.provider(keyFrom(title))}?title=${encodeURIComponent(title)}`,
      }),
      again: (context, { form }) => show(context, form),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/admin/sign-in-providers',
      access,
      summary: 'Sign-in providers that are set up; secrets are never shown',
      response: z.object({ items: z.array(item) }),
      handle: async (context) => ({ items: await readAll(context) }),
    }),
    definePage({
      path: '/admin/sign-in-providers/:provider',
      access,
      params,
      query: z.object({ title: providerSettings.shape.title.optional().catch(undefined) }),
      show: (context, { params: { provider }, query: { title } }) =>
        page(context, provider, { ...(title && { title }) }),
    }),
    ...defineAction({
      paths: { api: '/api/admin/sign-in-providers/:provider', form: '/admin/sign-in-providers/:provider' },
      method: 'PUT',
      access,
      stepUp: true,
      secret: true,
      summary: 'Set up a sign-in provider; without a client secret the stored one is kept',
      params,
      body: providerSettings,
      response: item,
      errors: ['provider.address-refused', 'provider.secret-missing'],
      run: (context, { params: { provider }, body }) => save(context, provider, body),
      answer: async (context, saved) => toItem(context, saved),
      done: ({ title }) => copy.saved(title),
      then: ({ key }) => paths.provider(key),
      rerender: (context, { params: { provider }, form }) => page(context, provider, { form }),
    }),
    ...defineAction({
      paths: {
        api: '/api/admin/sign-in-providers/:provider/turn',
        form: '/admin/sign-in-providers/:provider/turn',
      },
      access,
      stepUp: true,
      summary: 'Turn a sign-in provider on or off for everyone',
      params,
      body: z.strictObject({ to: z.enum(['on', 'off'], 'Choose on or off.') }),
      response: z.object({ isOn: z.boolean() }),
      errors: ['provider.not-configured'],
      run: async (context, { params: { provider }, body: { to } }) => {
        await context.deps.db.inScope(context.scope('platform'), (tx) =>
          providers.turn(tx, provider, to === 'on'),
        );
        return { isOn: to === 'on' };
      },
      answer: async (_context, result) => result,
      done: ({ isOn }) => (isOn ? copy.turnedOn : copy.turnedOff),
      then: (_result, { params: { provider } }) => paths.provider(provider),
      refusedTo: ({ provider }) => paths.provider(provider),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/admin/sign-in-providers/:provider/test',
      access,
      summary: 'Ask a sign-in provider for its description, its keys and whether it knows our secret',
      params,
      response: z.union([findings, z.object({ problem: z.string() })]),
      errors: ['provider.not-configured'],
      handle: (context, { params: { provider } }) => test(context, provider),
    }),
    defineForm({
      path: '/admin/sign-in-providers/:provider/test',
      access,
      params,
      body: z.object({}),
      submit: async (context, { params: { provider } }) =>
        page(context, provider, { test: await test(context, provider) }),
      again: (context, { params: { provider }, form }) =>
        page(context, provider, { test: { problem: form.problem } }),
    }),
  ],
};
