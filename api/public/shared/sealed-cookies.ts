import { z } from 'zod';
import type { RequestContext } from '../../kit/context.ts';
import { dropCookie, ownCookie, setCookie } from '../../kit/cookies.ts';

/** How long a person may take at the provider, and then to go on here. */
export const providerTripMs = 10 * 60_000;

/** What a browser holds while its person is at a provider. */
const trip = z.object({
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string().nullable(),
  /** Milliseconds since 1970. */
  at: z.number(),
});

/** Who came back, until their account here is known. */
const held = z.object({
  provider: z.string(),
  issuer: z.string(),
  subject: z.string(),
  email: z.string().nullable(),
  emailVerified: z.boolean(),
  name: z.string().nullable(),
  next: z.string().nullable(),
  at: z.number(),
});
export type HeldIdentity = Omit<z.output<typeof held>, 'at'>;

/** Which account a browser has signed up, for as long as confirming its address there opens it. */
const signedUp = z.object({ userId: z.string(), at: z.number() });
const signedUpMs = 60 * 60_000;

/** A sealed cookie that lives for a while; no one but this platform can read or make it. */
function sealedCookie<T extends z.ZodObject>(
  name: 'provider' | 'identity' | 'sign-up',
  shape: T,
  livesMs = providerTripMs,
) {
  const owner = `sign-in-${name}`;
  return {
    keep({ deps, response }: RequestContext, value: Omit<z.output<T>, 'at'>): void {
      const sealed = deps.sealDraft(owner, JSON.stringify({ ...value, at: Date.now() }));
      setCookie(response, name, sealed, { maxAgeMs: livesMs });
    },
    /** Null where there is none, or it is too old. */
    read({ deps, request }: RequestContext): z.output<T> | null {
      const opened = deps.openDraft(owner, ownCookie(request, name) ?? '');
      if (opened === null) return null;
      const found = shape.parse(JSON.parse(opened));
      return Date.now() - Number(found['at']) < livesMs ? found : null;
    },
    drop: ({ response }: RequestContext): void => dropCookie(response, name),
  };
}

export const tripCookie = sealedCookie('provider', trip);
export const identityCookie = sealedCookie('identity', held);
export const signUpCookie = sealedCookie('sign-up', signedUp, signedUpMs);
