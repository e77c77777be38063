import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { VendorError } from './errors.ts';
import { openCursor, sealCursor } from './paging.ts';
import { type CallOptions, createSender, lost } from './sender.ts';
import type { Manifest } from './server.ts';
import { type Connection, openSession, type Session } from './session.ts';
import type { Ask, VendorApi } from './vendor-api.ts';
import type { Method, Reply } from './request.ts';

/** A vendor's API for one call of one tool. */
export async function vendorApi(
  manifest: Manifest,
  connection: Connection,
  { key = randomUUID(), ...rest }: Omit<CallOptions, 'key'> & { key?: string },
): Promise<VendorApi> {
  const session = await openSession(manifest, connection, rest.signal);
  const send = createSender(manifest, connection, session, { key, ...rest });
  const ask =
    (method: Method): Ask =>
    async (path, answer, request) =>
      checked(session, await send(method, { path, ...request }), answer);

  return {
    key,
    account: openFields(manifest, session),
    signal: rest.signal,
    send,
    get: ask('GET'),
    post: ask('POST'),
    put: ask('PUT'),
    patch: ask('PATCH'),
    delete: ask('DELETE'),

    async list(path, item, paging, { limit, cursor }, { method = 'GET', ...request } = {}) {
      const asked = { mark: openCursor(cursor), limit };
      const page = paging.ask(asked);
      const body = request.body || page.body ? { ...record(request.body), ...record(page.body) } : undefined;
      const reply = await send(method, {
        path,
        // Lists change nothing, whatever the method.
        repeatable: true,
        ...request,
        address: page.address,
        query: { ...request.query, ...page.query },
        body,
      });
      const found = paging.items(reply) ?? [];
      const items = checked(session, { ...reply, body: found }, item.array());
      return { items, next_cursor: sealCursor(paging.next(reply, asked, found as unknown[])) };
    },

    async createOnce(steps) {
      const made = await steps.find();
      if (made !== null) return made;
      try {
        return await steps.create();
      } catch (error) {
        if (!(error instanceof VendorError) || error.kind !== 'unknown-outcome') throw error;
        const late = await steps.find();
        if (late !== null) return late;
        // The next attempt starts by looking again, so a retry is safe.
        throw session.fail({ ...lost, retryAfterMs: 5_000 }, undefined, true);
      }
    },

    refuse(field, message) {
      throw session.fail({
        kind: 'invalid',
        code: 'refused_before_sending',
        message,
        fields: { [field]: message },
      });
    },
  };
}

const record = (body: unknown) => (body ?? {}) as Record<string, unknown>;

function checked<A extends z.ZodType>(session: Session, reply: Reply, answer: A): z.output<A> {
  const parsed = answer.safeParse(reply.body);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'answer').slice(0, 3);
  const message = `The response doesn’t match the documentation (${where.join(', ')}).`;
  throw session.fail({ kind: 'unexpected-answer', code: 'unexpected_answer', message }, reply);
}

/** The fields that the form doesn't mark as secret. */
function openFields(manifest: Manifest, session: Session): Record<string, string> {
  const credentials = session.credentials();
  const open = manifest.credentials.filter(({ secret }) => !secret).map(({ key }) => key);
  return Object.fromEntries(open.flatMap((key) => (credentials[key] ? [[key, credentials[key]]] : [])));
}
