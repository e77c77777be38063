import type { Request, Response } from 'express';
import { type KeyReading, type KeyRefusal, keyLimit } from '../../db/auth/api-keys.ts';
import type { Principal } from '../../db/auth/provider.ts';
import type { Attribution } from '../../db/domain/actor.ts';
import { AppError } from '../../db/domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../db/domain/ids.ts';
import { dayMs, minuteMs } from '../../db/domain/time.ts';
import type { ApiDeps } from './deps.ts';
import { LimitError, quotaOfKey } from './limits.ts';
import { setRateLimit } from './rate-limit-headers.ts';
import { recordOncePer } from './record-once.ts';
import { viewTokenOf } from './session-cookies.ts';

type Deps = Pick<ApiDeps, 'apiKeys' | 'db'>;

/** The key of a request: what follows `Authorization: Bearer`. Null where a request brings none. */
export function bearerOf({ headers }: Pick<Request, 'headers'>): string | null {
  const found = /^bearer\b(.*)$/i.exec(headers.authorization?.trim() ?? '');
  return found ? (found[1] ?? '').trim() : null;
}

/** Who acts and from where: the key, or someone unknown. */
function attributionOf(request: Request, response: Response, keyId: string | undefined): Attribution {
  return {
    actor: keyId === undefined ? { type: 'system', id: 'anonymous' } : { type: 'apikey', id: keyId },
    context: {
      requestId: response.locals['requestId'] as string,
      ...(request.ip && { ip: request.ip }),
      ...(request.headers['user-agent'] && { userAgent: request.headers['user-agent'].slice(0, 300) }),
    },
  };
}

/** Puts a refused key into the access log, at most once a minute per key; unknown ones count as one. */
async function noteRefusal(
  deps: Deps,
  at: { request: Request; response: Response },
  known: KeyReading['known'],
  reason: KeyRefusal,
): Promise<void> {
  // Without a database there is nothing to tell of a key that is only mistyped.
  if (reason === 'malformed') return;
  const minute = Math.floor(Date.now() / minuteMs);
  await recordOncePer(deps, `key.refused/${known?.id ?? 'unknown'}/${minute}`, {
    tenantId: known?.tenantId ?? PLATFORM_TENANT_ID,
    by: attributionOf(at.request, at.response, known?.id),
    event: {
      action: 'key.refused',
      outcome: 'denied',
      targets: known ? [{ type: 'apiKey', id: known.id }] : [],
      data: { reason, ...(known && { keyName: known.name }) },
    },
  });
}

/**
 * Who a request with a key comes from. Throws `key.…` for a key that is refused, and `request.rate-limited`. A key beats
 * the cookies of a session; with a view as another person it is refused.
 */
export async function principalByKey(
  deps: Deps,
  key: string,
  request: Request,
  response: Response,
): Promise<Principal> {
  if (viewTokenOf(request)) throw new AppError('key.while-viewing');
  const reading = await deps.apiKeys(key, request.ip);
  const at = { request, response };
  if (reading.refused !== null) {
    await noteRefusal(deps, at, reading.known, reading.refused);
    response.setHeader('www-authenticate', 'Bearer realm="BizOSaaS API", error="invalid_token"');
    throw new AppError(`key.${reading.refused}`);
  }
  const { known, principal, used } = reading;
  const quota = quotaOfKey(used);
  setRateLimit(response, quota);
  if (used.count > keyLimit.points) throw new LimitError(quota);
  if (known) {
    const day = Math.floor(Date.now() / dayMs);
    await recordOncePer(deps, `key.used/${known.id}/${request.ip ?? ''}/${day}`, {
      tenantId: known.tenantId,
      by: attributionOf(request, response, known.id),
      event: {
        action: 'key.used',
        targets: [{ type: 'apiKey', id: known.id }],
        data: { keyName: known.name },
      },
    });
  }
  return principal;
}
