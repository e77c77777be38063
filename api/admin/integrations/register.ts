import { z } from 'zod';
import { reason } from '../../../db/domain/common.ts';
import { packageSource, registration, remoteSource } from '../../../db/domain/integrations/registration.ts';
import * as categories from '../../../db/repos/integrations/categories.ts';
import { RegisterPage, registerKinds } from '../../../templates/admin/integrations/register.tsx';
import { registrationCopy } from '../../../templates/admin/integrations/copy/register.ts';
import { paths } from '../../../templates/paths.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { type AnyRoute, defineForm, definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { followSlowRun } from '../../kit/slow-run.ts';
import { serverAction } from './act.ts';
import { fieldRows } from './field-rows.ts';
import { readServer } from './read.ts';
import { changeSource, publish, readTools, register, registrationRun, discard } from './registration.ts';
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

/** The form of one kind; its fields have the same paths as in the JSON. */
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

/** Where the process takes longer than a person waits, the message follows it instead. */
async function redirectAfter(
  context: RequestContext,
  work: Promise<void>,
  { server, to, done }: { server: string; to: string; done: string },
) {
  try {
    await work;
    return { to, flash: { kind: 'done' as const, text: done } };
  } catch (error) {
    const slow = { run: registrationRun(server), text: registrationCopy.slow };
    return { to: paths.registry, flash: await followSlowRun(context, error, slow) };
  }
}

const detailOf = async (context: RequestContext, server: string) =>
  (await readServer(context, server)).detail;

/** A request to the registration process, as a JSON route and as a form of the server's page. */
function registrationAction<B extends z.ZodType>(spec: {
  action: string;
  summary: string;
  body: B;
  /** Holds credentials, whose names the server decides. */
  secret?: true;
  done: string;
  errors?: readonly string[];
  run(context: RequestContext, server: string, body: z.output<B>): Promise<void>;
  to?: (server: string) => string;
}): AnyRoute[] {
  const { action, body, summary, done, to = paths.server } = spec;
  return [
    defineRoute<typeof serverDetail, typeof serverParams, undefined, z.ZodType>({
      method: 'POST',
      path: `/api/admin/integrations/servers/:server/${action}`,
      ...{ access, summary, body },
      params: serverParams,
      response: serverDetail,
      errors: ['server.not-found', 'step.not-open', 'run.ended', ...(spec.errors ?? [])],
      async handle(context, { params: { server }, body: values }) {
        await spec.run(context, server, values as z.output<B>);
        return detailOf(context, server);
      },
    }),
    defineForm<z.ZodType, typeof serverParams>({
      path: `/admin/integrations/servers/:server/${action}`,
      ...{ access, body },
      ...(spec.secret && { secret: spec.secret }),
      params: serverParams,
      submit: (context, { params: { server }, body: values }) =>
        redirectAfter(context, spec.run(context, server, values as z.output<B>), {
          server,
          to: to(server),
          done,
        }),
      again: (context, { params: { server }, form: state }) =>
        serverPage(context, server, { rejected: { action, state } }),
    }),
  ];
}

export const registerRoutes: AnyRoute[] = [
  definePage({
    path: '/admin/integrations/register',
    access,
    query: z.object({ kind: z.enum(registerKinds).catch('npm') }),
    show: (context, { query }) => page(context, query.kind),
  }),
  ...registerKinds.map((kind) =>
    defineForm({
      path: `/admin/integrations/register/${kind}`,
      access,
      body: formOf(kind),
      submit: (context, { body }) =>
        redirectAfter(context, register(context, body), {
          server: body.name,
          to: paths.server(body.name),
          done: registrationCopy.fetched,
        }),
      again: (context, { form }) => page(context, kind, form),
    }),
  ),
  defineRoute({
    method: 'POST',
    path: '/api/admin/integrations/servers',
    access,
    summary: 'Register a third-party MCP server: a package or a remote address; tenants do not see it yet',
    body: registration.extend({ reason }),
    status: 201,
    response: serverDetail,
    errors,
    async handle(context, { body }) {
      await register(context, body);
      return detailOf(context, body.name);
    },
  }),
  ...registrationAction({
    action: 'source',
    summary: 'Change the version of a package, or the URL; takes effect when its tools are read',
    body: z.strictObject({ source: sourceInForm, reason }),
    done: registrationCopy.sourceFetched,
    errors: ['server.built-in', ...errors],
    run: changeSource,
  }),
  ...registrationAction({
    action: 'read',
    summary: 'Run the server with credentials that are deleted right after, and read its tools',
    body: credentials,
    secret: true,
    done: registrationCopy.toolsRead,
    errors: ['connection.refused', 'tool.vendor-unavailable'],
    run: readTools,
    to: (server) => paths.serverTools(server),
  }),
  ...registrationAction({
    action: 'publish',
    summary: 'Publish a server with approved tools to tenants',
    body: z.object({}),
    done: registrationCopy.published,
    errors: ['server.not-reviewed'],
    run: publish,
  }),
  ...serverAction({
    path: '/servers/:server/discard',
    summary: 'Discard a registration or a change of source',
    params: serverParams,
    body: z.strictObject({ reason }),
    response: removed,
    errors: ['server.not-found', 'run.ended'],
    run: (context, { server }, { reason: why }) => discard(context, server, why),
    answer: async (_context, { server }) => ({ removed: server }),
    to: () => paths.registry,
    done: registrationCopy.discarded,
    again: (context, { server }, state) =>
      serverPage(context, server, { rejected: { action: 'discard', state } }),
  }),
];
