import assert from 'node:assert/strict';
import type { Answer, Caller, Platform } from '../../../../support/api.ts';

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

export interface CreatedKey {
  id: string;
  key: string;
  last4: string;
}

/** Creates a key as the caller, who signed in moments ago. */
export async function createKey(caller: Caller, fields: Record<string, unknown>): Promise<CreatedKey> {
  const answer = await caller.call('POST', '/api/client/api-keys', { name: 'Nightly export', ...fields });
  assert.equal(answer.status, 201, answer.text);
  return answer.body as CreatedKey;
}

/** A program that has nothing but a key. */
export const program = (platform: Platform, key: string, url?: string) => {
  const caller = platform.caller();
  return (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> =>
    url === undefined
      ? caller.call(method, path, body, { ...bearer(key), ...headers })
      : fetch(url + path, { method, headers: bearer(key) }).then(async (response) => {
          const text = await response.text();
          return {
            status: response.status,
            headers: response.headers,
            text,
            body: JSON.parse(text) as unknown,
          };
        });
};

export const eventsOf = (platform: Platform, action: string, keyId: string) =>
  platform.world.database.owner<{
    body: {
      actor: { type: string; id: string };
      context: Record<string, string>;
      data: Record<string, unknown>;
      tenantId: string;
    };
  }>(`select body from events where action = $1 and body::text like '%' || $2 || '%' order by seq`, [
    action,
    keyId,
  ]);
