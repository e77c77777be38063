import { hash, verify } from '@node-rs/argon2';
import { fairQueue, type Turn } from './fair-queue.ts';

/**
 * Argon2id (the library's default) with 64 MiB and three passes: about 70 ms per attempt, and far above the minimum of
 * OWASP ASVS.
 */
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;

/** A hash takes 64 MiB, so only a few run at once; as many others wait as are done in two or three seconds. */
const queue = fairQueue({ atOnce: 4, mostWaiting: 40 });

/** What people who are signed in and the platform itself need hashed. */
const own: Turn = { line: 'platform', first: true };

/** Throws `session.busy` where too many wait already. */
export function hashPassword(password: string, turn: Turn = own): Promise<string> {
  return queue(turn, () => hash(password, cost));
}

/** Throws `session.busy` where too many wait already. */
export function verifyPassword(data: { hash: string; password: string }, turn: Turn = own): Promise<boolean> {
  return queue(turn, () => verify(data.hash, data.password));
}
