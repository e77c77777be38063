import { createHash } from 'node:crypto';
import { AppError } from '../../../db/domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../../db/domain/ids.ts';
import type { Definition, Json } from '../../../db/domain/runs/templates/definition.ts';
import { type DryRun, dryRun } from '../../../db/domain/runs/templates/dry-run.ts';
import { parametersSchema } from '../../../db/domain/runs/templates/schema.ts';
import { fieldsOf } from '../../../db/domain/validation.ts';
import * as users from '../../../db/repos/people/users.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import type { InputOf } from '../../../workflows/define.ts';
import { runTemplateContract } from '../../../workflows/runs/run-template.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { assertRight, bundleNow } from './checked.ts';
import { assertOwn, definitionOf, findSeen, type Seen } from './home.ts';

/** Parameters as the template asks for them. Throws `request.invalid` with each message at its field. */
export function parametersOrThrow(
  definition: Definition,
  given: Record<string, unknown>,
): Record<string, Json> {
  const schema = parametersSchema(definition);
  const parsed = schema.safeParse(given);
  if (parsed.success) return withEvery(definition, parsed.data);
  const fields = Object.entries(fieldsOf(parsed.error, 'all')).map(([name, message]) => [
    `parameters.${name}`,
    message,
  ]);
  throw new AppError('request.invalid', { fields: Object.fromEntries(fields) as Record<string, string> });
}

/** A parameter that was left out is null, so that expressions can ask for it. */
function withEvery({ parameters }: Definition, given: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(Object.keys(parameters.properties).map((name) => [name, given[name] ?? null]));
}

/** The business that a run is for: the viewer’s own, or the one an administrator names. Throws `tenant.not-found`. */
async function businessOf(context: RequestContext, asked: string | undefined) {
  const own = context.person().tenant?.id;
  const id = own ?? asked;
  if (id === undefined) throw new AppError('request.invalid', { fields: { tenantId: 'Choose a business.' } });
  const scope = own ? context.tenant() : context.overview();
  return context.deps.db.inScope({ ...scope, readOnly: true }, (tx) => tenants.get(tx, id));
}

export interface Start {
  parameters: Record<string, unknown>;
  tenantId?: string | undefined;
  reason?: string | undefined;
}

/**
 * Starts the live version for a business. The same key again answers with the same run. Throws `template.not-found`,
 * `template.read-only`, `template.not-live`, `template.invalid`, `request.invalid`.
 */
export async function startTemplate(context: RequestContext, id: string, start: Start, key: string) {
  const template = await findSeen(context, id);
  assertOwn(template);
  const { liveVersion: version } = template;
  if (version === null) throw new AppError('template.not-live');
  const definition = await definitionOf(context, template, version);
  const parameters = parametersOrThrow(definition, start.parameters);
  const tenant = await businessOf(context, start.tenantId);
  await assertRight(context, definition, id);
  const by = context.actor();
  const runKey = createHash('sha256')
    .update(`${by.id}\n${id}\n${tenant.id}\n${key}`)
    .digest('hex')
    .slice(0, 40);
  const { root, used } = await bundleNow(context, definition);
  const bundle = { root, used } as unknown as InputOf<typeof runTemplateContract>['bundle'];
  const input = {
    ...{ tenantId: tenant.id, templateId: id, version, runKey, by, bundle, parameters },
    reason: start.reason ?? null,
  };
  const run = await context.deps.processes.start(runTemplateContract, input, by, runKey);
  return { ...run, version };
}

/** Simulates a whole run of a version without any effect. Throws as `startTemplate`. */
export async function tryTemplate(
  context: RequestContext,
  template: Seen,
  { version, parameters: given }: { version: number; parameters: Record<string, unknown> },
): Promise<DryRun> {
  const definition = await definitionOf(context, template, version);
  const parameters = parametersOrThrow(definition, given);
  await assertRight(context, definition, template.id);
  const nowMs = Date.now();
  const { tenant, userId } = context.person();
  const scope = { ...(tenant ? context.tenant() : context.scope('platform')), readOnly: true };
  const [business, person] = await context.deps.db.inScope(scope, async (tx) => [
    await tenants.find(tx, tenant?.id ?? PLATFORM_TENANT_ID),
    (await users.listByIds(tx, [userId]))[0],
  ]);
  const { name = 'Example business', timezone = 'UTC', language = 'en', country = null } = business ?? {};
  return dryRun(
    await bundleNow(context, definition),
    parameters,
    {
      business: { id: business?.id ?? '', name, timezone, language, country },
      run: {
        started_at: new Date(nowMs).toISOString(),
        started_by: person?.name ?? '',
        template: template.id,
      },
    },
    nowMs,
  );
}
