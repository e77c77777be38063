import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { dayMs } from '../../db/domain/time.ts';
import { ownCookie, setCookie } from './cookies.ts';
import type { ApiDeps } from './deps.ts';

/** As long as browsers keep a cookie at most. */
const keptMs = 400 * dayMs;
/** People of one household share a device; a cookie is no place for more. */
const mostAccounts = 5;

const sign = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest();

/** An account as the cookie of one device names it: no one can tell which address it is. */
const accountOf = (secret: string, id: string, email: string): string =>
  sign(secret, `device-account:${id}:${email}`).subarray(0, 16).toString('base64url');

/** A device with the accounts that were signed in to from it, the latest first. */
interface Device {
  id: string;
  accounts: readonly string[];
}

const proofOf = (secret: string, content: string) => sign(secret, `device:${content}`);

function readDevice(secret: string, request: Request): Device | null {
  const value = ownCookie(request, 'device') ?? '';
  const split = value.lastIndexOf('.');
  const content = value.slice(0, Math.max(split, 0));
  const [given, proof] = [Buffer.from(value.slice(split + 1), 'base64url'), proofOf(secret, content)];
  if (given.length !== proof.length || !timingSafeEqual(given, proof)) return null;
  const [id = '', ...accounts] = content.split('.');
  return { id, accounts };
}

/**
 * The id of the device a request comes from, if this account was signed in to from it before: strangers who guess must not
 * lock its person out there. Null for a device the account doesn't know.
 */
export function knownDevice({ csrfSecret }: ApiDeps, request: Request, email: string): string | null {
  const device = readDevice(csrfSecret, request);
  return device?.accounts.includes(accountOf(csrfSecret, device.id, email)) ? device.id : null;
}

/** From now on, this device is known to the account. */
export function rememberDevice(
  { csrfSecret }: ApiDeps,
  request: Request,
  response: Response,
  email: string,
): void {
  const device = readDevice(csrfSecret, request);
  const id = device?.id ?? randomBytes(16).toString('base64url');
  const accounts = new Set([accountOf(csrfSecret, id, email), ...(device?.accounts ?? [])]);
  const content = [id, ...[...accounts].slice(0, mostAccounts)].join('.');
  const proof = proofOf(csrfSecret, content).toString('base64url');
  setCookie(response, 'device', `${content}.${proof}`, { maxAgeMs: keptMs });
}
