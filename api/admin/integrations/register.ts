import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
import { AppError } from '../../../db/domain/errors.ts';
import { packageSource, registration, remoteSource } from '../../../db/domain/integrations/registration.ts';
import * as categories from '../../../db/repos/integrations/categories.ts';
import { RegisterPage, registerKinds } from '../../../templates/admin/integrations/register.tsx';
import { serverPath } from '../../../templates/admin/integrations/servers.tsx';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { type AnyRoute, defineForm, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { serverAction } from './act.ts';
import { fieldRows } from './field-rows.ts';
import { readServer } from './read.ts';
import { changeSource, publish, readTools, register, discard } from './registration.ts';
import { removed, serverDetail, serverParams } from './schemas.ts';
import { serverPage } from './view.ts';

type Kind = (typeof registerKinds)[number];
const access = 'registry.manage';
const errors = [
  'server.name-taken',
  'category.not-found',
  'package.not-found',
  'package.no-program',
  'run.conflict',
];
const credentials = z.record(z.string(), z.string().max(8_000));

/** Arguments as a form holds them: one a line. */
const lines = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean)
      : value,
  packageSource.shape.args,
);
const orNothing = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const sources = {
  npm: packageSource.extend({ program: orNothing(z.string().max(100)), args: lines }),
  remote: remoteSource,
} as const;

/** Arguments come as lines from a form, as a list from elsewhere. */
const sourceInForm = z.discriminatedUnion('kind', [packageSource.extend({ args: lines }), remoteSource]);

/** The form of one kind; its fields stand in the same places as in the JSON. */
const formOf = (kind: Kind) =>
  registration.extend({ source: sources[kind], fields: fieldRows, reason }) as unknown as z.ZodType<
    z.output<typeof registration> & { reason: string }
  >;

async function page(context: RequestContext, kind: Kind, form?: FormState) {
  const known = await context.deps.db.inScope(context.overview(), categories.listCategories);
  return RegisterPage({
    frame: pageContextOf(context),
    kind,
    categories: known.map(({ key, title }) => ({ value: key, label: title })),
    ...(form && { form }),
  });
}

/** What takes longer than a person waits goes on; its result is found again under the bell. */
async function orGoOn(work: Promise<void>, to: string, done: string) {
  try {
    await work;
    return { to, flash: { kind: 'done' as const, text: done } };
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'process.timeout')) throw error;
    const text = 'It takes a moment longer and goes on by itself. The bell above tells when it is done.';
    return { to: '/admin/connections', flash: { kind: 'note' as const, text } };
  }
}

const detailOf = async (context: RequestContext, server: string) =>
  (await readServer(context, server)).detail;

/** One order to the process that brings a service in, as JSON and as a form of the service's page. */
function order<B extends z.ZodType>(spec: {
  act: string;
  summary: string;
  body: B;
  done: string;
  errors?: readonly string[];
  run(context: RequestContext, server: string, body: z.output<B>): Promise<void>;
  to?: (server: string) => string;
}): AnyRoute[] {
  const { act, body, summary, done, to = serverPath } = spec;
  return [
    defineRoute<typeof serverDetail, typeof serverParams, undefined, z.ZodType>({
      method: 'POST',
      path: `/api/admin/connections/servers/:server/${act}`,
      ...{ access, summary, body },
      params: serverParams,
      response: serverDetail,
      errors: ['server.not-found', 'step.not-open', 'run.ended', ...(spec.errors ?? [])],
      async handle(context, { params: { server }, body: given }) {
        await spec.run(context, server, given as z.output<B>);
        return detailOf(context, server);
      },
    }),
    defineForm<z.ZodType, typeof serverParams>({
      path: `/admin/connections/servers/:server/${act}`,
      ...{ access, body },
      params: serverParams,
      submit: (context, { params: { server }, body: given }) =>
        orGoOn(spec.run(context, server, given as z.output<B>), to(server), done),
      again: (context, { params: { server }, form: state }) =>
        serverPage(context, server, { refused: { act, state } }),
    }),
  ];
}

export const registerRoutes: AnyRoute[] = [
  definePage({
    path: '/admin/connections/register',
    access,
    query: z.object({ kind: z.enum(registerKinds).catch('npm') }),
    show: (context, { query }) => page(context, query.kind),
  }),
  ...registerKinds.map((kind) =>
    defineForm({
      path: `/admin/connections/register/${kind}`,
      access,
      body: formOf(kind),
      submit: (context, { body }) =>
        orGoOn(register(context, body), serverPath(body.name), 'It is fetched. Next, read what it can do.'),
      again: (context, { form }) => page(context, kind, form),
    }),
  ),
  defineRoute({
    method: 'POST',
    path: '/api/admin/connections/servers',
    access,
    summary:
      'Bring in a service that is not ours: a package or a remote MCP server; tenants do not see it yet',
    body: registration.extend({ reason }),
    status: 201,
    response: serverDetail,
    errors,
    async handle(context, { body }) {
      await register(context, body);
      return detailOf(context, body.name);
    },
  }),
  ...order({
    act: 'source',
    summary: 'Another version of a package, or another address; takes effect when its tools are read',
    body: z.strictObject({ source: sourceInForm, reason }),
    done: 'It is fetched. What runs changes when you read its tools.',
    errors: ['server.built-in', ...errors],
    run: changeSource,
  }),
  ...order({
    act: 'read',
    summary: 'Start or reach it with credentials that are forgotten right after, and read its tools',
    body: credentials,
    done: 'Its tools are read. Approve what tenants may use.',
    errors: ['connection.refused', 'tool.vendor-unavailable'],
    run: readTools,
    to: (server) => `${serverPath(server)}?tab=tools`,
  }),
  ...order({
    act: 'offer',
    summary: 'Let tenants see a service whose tools were looked at',
    body: z.object({}),
    done: 'Tenants can connect it now.',
    errors: ['server.not-reviewed'],
    run: publish,
  }),
  ...serverAction({
    path: '/servers/:server/withdraw',
    summary: 'Do not bring it in after all, or keep the source it has',
    params: serverParams,
    body: z.strictObject({ reason }),
    response: removed,
    errors: ['server.not-found', 'run.ended'],
    run: (context, { server }, { reason: why }) => discard(context, server, why),
    answer: async (_context, { server }) => ({ removed: server }),
    to: () => '/admin/connections',
    done: 'It is withdrawn.',
    again: (context, { server }, state) =>
      serverPage(context, server, { refused: { act: 'withdraw', state } }),
  }),
];
