import type pg from 'pg';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { AppError, type ErrorCode } from '../../db/domain/errors.ts';

/** `points` requests allowed per `duration` in seconds, and the error beyond them. */
const rules = {
  /** Wrong passwords for one address from one place: guessing is slow, and no one can lock out a user elsewhere. */
  signInFailures: { points: 10, duration: 15 * 60, code: 'session.locked' },
  /** Wrong passwords from one place, whatever the address. */
  signInFailuresOfPlace: { points: 100, duration: 15 * 60, code: 'session.locked' },
  signUps: { points: 300, duration: 60 * 60, code: 'request.rate-limited' },
  mailsOfPerson: { points: 5, duration: 60 * 60, code: 'request.rate-limited' },
} as const satisfies Record<string, { points: number; duration: number; code: ErrorCode }>;
export type LimitRule = keyof typeof rules;

export interface Limits {
  /** Counts one more. Throws the rule's error when there were too many; then `retryAfterS` tells when to come back. */
  take(rule: LimitRule, key: string): Promise<void>;
  /** Throws when there were too many already, without counting. */
  check(rule: LimitRule, key: string): Promise<void>;
  forget(rule: LimitRule, key: string): Promise<void>;
}

export class LimitError extends AppError {
  readonly retryAfterS: number;

  constructor(code: ErrorCode, retryAfterS: number) {
    super(code);
    this.retryAfterS = retryAfterS;
  }
}

/** Counters in PostgreSQL, so that a restart forgives nothing; in memory while PostgreSQL is away. */
export function createLimits(pool: pg.Pool): Limits {
  const limiters = Object.fromEntries(
    Object.entries(rules).map(([name, { points, duration }]) => [
      name,
      new RateLimiterPostgres({
        storeClient: pool,
        schemaName: 'public',
        tableName: 'rate_limits',
        tableCreated: true,
        keyPrefix: name,
        points,
        duration,
        insuranceLimiter: new RateLimiterMemory({ keyPrefix: name, points, duration }),
      }),
    ]),
  ) as unknown as Record<LimitRule, RateLimiterAbstract>;

  return {
    async take(rule, key) {
      try {
        await limiters[rule].consume(key);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw new LimitError(rules[rule].code, Math.ceil(refused.msBeforeNext / 1_000));
      }
    },
    async check(rule, key) {
      const found = await limiters[rule].get(key);
      if (found && found.consumedPoints >= rules[rule].points) {
        throw new LimitError(rules[rule].code, Math.ceil(found.msBeforeNext / 1_000));
      }
    },
    async forget(rule, key) {
      await limiters[rule].delete(key);
    },
  };
}
