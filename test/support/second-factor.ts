import assert from 'node:assert/strict';
import { Secret, TOTP } from 'otpauth';
import type { Caller } from './api.ts';

/** What an authenticator app shows, `steps` of 30 seconds from now. */
export const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

/** Adds a second factor to the person of a session. */
export async function enrol(caller: Caller): Promise<{ secret: string; backupCodes: string[] }> {
  const { body: begun } = await caller.call('POST', '/api/session/second-factor/setup', {});
  const added = await caller.call('POST', '/api/session/second-factor', {
    setup: begun.setup,
    code: codeOf(begun.secret, -1),
  });
  assert.equal(added.status, 201, added.text);
  return { secret: begun.secret, backupCodes: added.body.backupCodes };
}
