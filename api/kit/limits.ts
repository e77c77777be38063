import type pg from 'pg';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { keyLimit } from '../../db/auth/api-keys.ts';
import { AppError, type ErrorCode } from '../../db/domain/errors.ts';

const quarterHourS = 15 * 60;
const hourS = 60 * 60;

/**
 * `points` per `durationS`, and the error beyond them. The name is what the RateLimit headers call the rule. Sign-ins are
 * counted while they are tried, and given back when they were no guesses.
 */
const rules = {
  /** Of one account from one device it knows, or from one place. */
  'sign-in': { points: 10, durationS: quarterHourS, code: 'session.locked' },
  /** Of one account from all places together; devices it knows are not held up by what strangers try. */
  'sign-in-account': { points: 30, durationS: quarterHourS, code: 'session.locked' },
  /** From one place, whatever the account. */
  'sign-in-place': { points: 100, durationS: quarterHourS, code: 'session.locked' },
  /** Of all accounts from all places. */
  'sign-in-total': { points: 5_000, durationS: quarterHourS, code: 'session.locked' },
  /** Codes of the second factor of one account, from all places together. */
  'second-factor': { points: 10, durationS: quarterHourS, code: 'session.locked' },
  /** Links for a new password, from one place. */
  'password-reset': { points: 30, durationS: hourS, code: 'request.rate-limited' },
  /** Links to confirm an address, from one place. */
  'email-confirmation': { points: 30, durationS: hourS, code: 'request.rate-limited' },
  /** Trips to a sign-in provider that one place begins. */
  provider: { points: 60, durationS: quarterHourS, code: 'request.rate-limited' },
  'sign-up': { points: 300, durationS: hourS, code: 'request.rate-limited' },
  /** Of one API key; counted by the statement that reads the key. */
  'api-key': { ...keyLimit, code: 'request.rate-limited' },
  /** Deliveries to the web address of one workflow template. */
  'template-start': { points: 120, durationS: 60, code: 'request.rate-limited' },
  mail: { points: 5, durationS: hourS, code: 'request.rate-limited' },
} as const satisfies Record<string, { points: number; durationS: number; code: ErrorCode }>;
export type LimitRule = keyof typeof rules;

/** What is left of a rule, as the RateLimit headers tell it. */
export interface Quota {
  rule: LimitRule;
  points: number;
  durationS: number;
  remaining: number;
  /** Seconds until all points are there again. */
  resetS: number;
}

/** A rule, and what it counts for. */
export type Counted = readonly [rule: LimitRule, key: string];

export interface Limits {
  /** Counts one more. Throws `LimitError` with the rule's code when there were too many. */
  take(rule: LimitRule, key: string): Promise<Quota>;
  /** Counts one more for each rule in turn, or for none of them. Answers what is left of the first. */
  takeAll(counted: readonly [Counted, ...Counted[]]): Promise<Quota>;
  /** Uncounts what turned out to be no try. */
  giveBack(counted: readonly Counted[]): Promise<void>;
}

export class LimitError extends AppError {
  readonly quota: Quota;

  constructor(quota: Quota) {
    super(rules[quota.rule].code);
    this.quota = quota;
  }
}

function quotaOf(rule: LimitRule, found: RateLimiterRes): Quota {
  const { points, durationS } = rules[rule];
  const remaining = Math.max(0, points - found.consumedPoints);
  return { rule, points, durationS, remaining, resetS: Math.ceil(found.msBeforeNext / 1_000) };
}

/** What is left of the limit of a key that was used so often in its window. */
export function quotaOfKey({ count, msLeft }: { count: number; msLeft: number }): Quota {
  const { points, durationS } = keyLimit;
  const remaining = Math.max(0, points - count);
  return { rule: 'api-key', points, durationS, remaining, resetS: Math.max(1, Math.ceil(msLeft / 1_000)) };
}

/** Counters in PostgreSQL, so that a restart forgives nothing; in memory while PostgreSQL is away. */
export function createLimits(pool: pg.Pool): Limits {
  const limiters = Object.fromEntries(
    Object.entries(rules).map(([name, { points, durationS: duration }]) => [
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

  const limits: Limits = {
    async take(rule, key) {
      try {
        // Counting and looking are one statement, so that of many at once only as many pass as there are points.
        return quotaOf(rule, await limiters[rule].consume(key));
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw new LimitError(quotaOf(rule, refused));
      }
    },
    async takeAll([first, ...others]) {
      const quota = await limits.take(...first);
      const taken: Counted[] = [first];
      try {
        for (const one of others) {
          await limits.take(...one);
          taken.push(one);
        }
      } catch (refused) {
        await limits.giveBack(taken);
        throw refused;
      }
      return quota;
    },
    async giveBack(counted) {
      for (const [rule, key] of counted) await limiters[rule].reward(key);
    },
  };
  return limits;
}
