import { hash, verify } from '@node-rs/argon2';

/**
 * Argon2id (the library's default) with 64 MiB and three passes: about 70 ms per attempt, and far above the minimum of
 * OWASP ASVS.
 */
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;

/** A hash takes 64 MiB, so only a few run at once; the others wait their turn. */
const atOnce = 4;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, cost));
}

export function verifyPassword(data: { hash: string; password: string }): Promise<boolean> {
  return inTurn(() => verify(data.hash, data.password));
}
