import type { Response } from 'express';
import type { Quota } from './limits.ts';

/**
 * Tells what is left of a limit: `RateLimit-Policy: "sign-in";q=10;w=900` and `RateLimit: "sign-in";r=9;t=900`.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export function setRateLimit(
  response: Response,
  { rule, points, durationS, remaining, resetS }: Quota,
): void {
  response.setHeader('ratelimit-policy', `"${rule}";q=${points};w=${durationS}`);
  response.setHeader('ratelimit', `"${rule}";r=${remaining};t=${resetS}`);
}
