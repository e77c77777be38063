import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import type { Json } from '../../../db/domain/runs/templates/definition.ts';
import { parametersSchema } from '../../../db/domain/runs/templates/schema.ts';
import { liveBundle } from '../../../db/repos/runs/templates/bundles.ts';
import { findByHook } from '../../../db/repos/runs/templates/hooks.ts';
import { runTemplateContract } from '../../../workflows/runs/run-template.contract.ts';
import type { RequestContext } from '../../kit/context.ts';
import { idempotencyKey } from '../../kit/idempotency-key.ts';
import { defineHook } from '../../kit/route.ts';

const by = { type: 'system', id: 'webhook' } as const;
const hash = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');

/** Headers by which senders name a delivery; without one, the same body is the same delivery. */
const deliveryHeaders = ['idempotency-key', 'webhook-id', 'x-delivery-id', 'x-github-delivery'];

function deliveryOf({ request }: RequestContext, raw: Buffer): string {
  const named = deliveryHeaders.map((name) => request.headers[name]).find((value) => value !== undefined);
  const parsed = idempotencyKey.safeParse(named);
  return parsed.success ? parsed.data : hash(raw);
}

function bodyOf(raw: Buffer): Record<string, unknown> {
  if (raw.length === 0) return {};
  let body: unknown;
  try {
    body = JSON.parse(raw.toString('utf8'));
  } catch (cause) {
    throw new AppError('request.malformed', { cause });
  }
  const object = z.record(z.string(), z.unknown()).safeParse(body);
  if (!object.success) throw new AppError('request.malformed');
  return object.data;
}

/** Of what was sent, the fields that the template asks for. Throws as its schema does. */
async function parametersOf(context: RequestContext, tenantId: string, id: string, raw: Buffer) {
  const { bundle } = await context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
    liveBundle(tx, tenantId, id),
  );
  const { root } = bundle;
  const names = Object.keys(root.parameters.properties);
  const body = bodyOf(raw);
  const given = names.flatMap((name) => (Object.hasOwn(body, name) ? [[name, body[name]] as const] : []));
  return parametersSchema(root).parse(Object.fromEntries(given)) as Record<string, Json>;
}

/**
 * The secret web address of a workflow template: a POST starts its live version once for each delivery. The secret in
 * the address is the proof; it starts the template, and opens nothing else.
 */
export const startHookRoutes = [
  defineHook({
    path: '/hooks/workflow-templates/start/:key',
    params: z.object({ key: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
    async receive(context, { params: { key }, raw }) {
      const { deps, request, response } = context;
      if (request.method !== 'POST') throw new AppError('request.method-not-allowed');
      const secretHash = hash(key);
      await deps.limits.take('template-start', secretHash);
      const template = await deps.db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
        findByHook(tx, secretHash),
      );
      if (!template) throw new AppError('template.address-unknown');
      const { tenantId, id: templateId } = template;
      const parameters = await parametersOf(context, tenantId, templateId, raw);
      const runKey = hash(`${templateId}\n${deliveryOf(context, raw)}`).slice(0, 40);
      const input = {
        ...{ tenantId, templateId, parameters, runKey, by, reason: null },
        ...{ version: null, bundle: null },
      };
      await deps.processes.startOnce(runTemplateContract, input, by);
      response.status(202).json({ accepted: true });
    },
  }),
];
