import { createHmac, timingSafeEqual } from 'node:crypto';
import { minuteMs } from '../../../db/domain/time.ts';

/** A raw delivery: nothing is parsed, since signatures cover bytes. */
export interface Delivery {
  method: string;
  /** The URL the vendor called, as the vendor knows it (some sign it). */
  url: string;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  raw: Buffer;
}

/** The verdict on a delivery. */
export type Received =
  | { verdict: 'event'; id: string; type: string; payload: unknown; account?: string }
  /** The vendor verifies the URL: it gets the response it expects, and there is no event. */
  | {
      verdict: 'challenge';
      status: number;
      body: string;
      contentType?: string;
      /**
       * A handshake secret from the vendor: stored under the scheme's field, and shown to the person who sets it up.
       */
      secret?: string;
    }
  | { verdict: 'refused'; reason: string };

/** How a vendor signs its deliveries. */
export interface WebhookScheme {
  /** For people and the catalogue: "HMAC-SHA256 over time and body". */
  summary: string;
  /** Field of the credential form that holds the secret; null where the URL itself is the secret. */
  secretField: string | null;
  /** Checks the signature over the raw bytes and the time window, and names event, type and payload. */
  receive(delivery: Delivery, secret: string, nowMs: number): Received | Promise<Received>;
}

/** Milliseconds; older deliveries are refused as replays. */
export const windowMs = 5 * minuteMs;

export function hmac(
  algorithm: 'sha256' | 'sha1',
  secret: string | Buffer,
  content: string | Buffer,
  encoding: 'hex' | 'base64',
): string {
  return createHmac(algorithm, secret).update(content).digest(encoding);
}

/** Compares in constant time. */
export function same(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

export function inWindow(atMs: number, nowMs: number): boolean {
  return Number.isFinite(atMs) && Math.abs(nowMs - atMs) <= windowMs;
}

export const refused = (reason: string): Received => ({ verdict: 'refused', reason });

/** The payload of a JSON delivery; null when it isn't JSON. */
export function jsonOf(delivery: Delivery): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(delivery.raw.toString());
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** An id for vendors that don't identify deliveries: the same bytes are the same delivery. */
export function idOf(delivery: Delivery): string {
  return hmac('sha256', 'delivery', delivery.raw, 'hex');
}

const nameOf = (value: unknown, otherwise: string) =>
  typeof value === 'string' && value ? value : otherwise;

/**
 * `header: <prefix>HMAC(raw body)` (GitHub, Meta, Razorpay, Xero, QuickBooks, Notion). No timestamp, so ids are
 * remembered against replays.
 */
export function signedBody(scheme: {
  header: string;
  prefix?: string;
  encoding: 'hex' | 'base64';
  secretField: string;
  summary: string;
  /** Header with the id of the delivery. */
  idHeader?: string;
  /** The id of the delivery in its payload; needed where a repeated delivery has other bytes. */
  id?: (payload: Record<string, unknown>) => unknown;
  /** Dotted member or header with the type. */
  type: (payload: Record<string, unknown>, headers: Delivery['headers']) => unknown;
  account?: (payload: Record<string, unknown>) => unknown;
  /** The vendor's verification of the URL; tried before any signature check. */
  challenge?: (delivery: Delivery, secret: string) => Received | null;
}): WebhookScheme {
  return {
    summary: scheme.summary,
    secretField: scheme.secretField,
    receive(delivery, secret) {
      const challenge = scheme.challenge?.(delivery, secret);
      if (challenge) return challenge;
      const given = delivery.headers[scheme.header] ?? '';
      const wanted = (scheme.prefix ?? '') + hmac('sha256', secret, delivery.raw, scheme.encoding);
      if (!same(given, wanted)) return refused('the signature does not fit');
      const payload = jsonOf(delivery);
      if (!payload) return refused('the body is no JSON');
      const account = scheme.account?.(payload);
      return {
        verdict: 'event',
        id: nameOf(
          scheme.id?.(payload) ?? (scheme.idHeader && delivery.headers[scheme.idHeader]),
          idOf(delivery),
        ),
        type: nameOf(scheme.type(payload, delivery.headers), 'unknown'),
        payload,
        ...(typeof account === 'string' && { account }),
      };
    },
  };
}

/** `t=<seconds>,v1=<hex HMAC of "t.body">` in one header (Stripe, Mailchimp). */
export function signedTimeAndBody(scheme: {
  header: string;
  secretField: string;
  summary: string;
  read: (delivery: Delivery) => { id: unknown; type: unknown; payload: unknown } | null;
}): WebhookScheme {
  return {
    summary: scheme.summary,
    secretField: scheme.secretField,
    receive(delivery, secret, nowMs) {
      const parts = (delivery.headers[scheme.header] ?? '').split(',').map((part) => part.trim().split('='));
      const time = parts.find(([name]) => name === 't')?.[1] ?? '';
      const wanted = hmac('sha256', secret, Buffer.concat([Buffer.from(`${time}.`), delivery.raw]), 'hex');
      const fits = parts.some(([name, value]) => name === 'v1' && same(value ?? '', wanted));
      if (!fits) return refused('the signature does not fit');
      if (!inWindow(Number(time) * 1_000, nowMs)) return refused('the delivery is too old');
      const event = scheme.read(delivery);
      if (!event) return refused('the body cannot be read');
      return {
        verdict: 'event',
        id: nameOf(event.id, idOf(delivery)),
        type: nameOf(event.type, 'unknown'),
        payload: event.payload,
      };
    },
  };
}

/** `v0=<hex HMAC of "v0:time:body">` beside a time header (Slack, Zoom). */
export function signedVersionTimeBody(scheme: {
  header: string;
  timeHeader: string;
  secretField: string;
  summary: string;
  read: (payload: Record<string, unknown>) => { id?: unknown; type: unknown; account?: unknown };
  challenge?: (payload: Record<string, unknown>, secret: string) => Received | null;
}): WebhookScheme {
  return {
    summary: scheme.summary,
    secretField: scheme.secretField,
    receive(delivery, secret, nowMs) {
      const time = delivery.headers[scheme.timeHeader] ?? '';
      const content = Buffer.concat([Buffer.from(`v0:${time}:`), delivery.raw]);
      if (!same(delivery.headers[scheme.header] ?? '', `v0=${hmac('sha256', secret, content, 'hex')}`)) {
        return refused('the signature does not fit');
      }
      if (!inWindow(Number(time) * 1_000, nowMs)) return refused('the delivery is too old');
      const payload = jsonOf(delivery);
      if (!payload) return refused('the body is no JSON');
      const challenge = scheme.challenge?.(payload, secret);
      if (challenge) return challenge;
      const { id, type, account } = scheme.read(payload);
      return {
        verdict: 'event',
        id: nameOf(id, idOf(delivery)),
        type: nameOf(type, 'unknown'),
        payload,
        ...(typeof account === 'string' && { account }),
      };
    },
  };
}

/** No signature: the URL is the secret (Zapier, FluentCRM, Pipedrive with Basic on top). */
export function secretAddress(scheme: {
  summary: string;
  read: (delivery: Delivery) => { id?: unknown; type: unknown; payload: unknown } | null;
  /** A further credential, such as HTTP Basic. */
  secretField?: string;
  proves?: (delivery: Delivery, secret: string) => boolean;
  challenge?: (delivery: Delivery) => Received | null;
}): WebhookScheme {
  return {
    summary: scheme.summary,
    secretField: scheme.secretField ?? null,
    receive(delivery, secret) {
      const challenge = scheme.challenge?.(delivery);
      if (challenge) return challenge;
      if (scheme.proves && !scheme.proves(delivery, secret)) return refused('the proof does not fit');
      const event = scheme.read(delivery);
      if (!event) return refused('the body cannot be read');
      return {
        verdict: 'event',
        id: nameOf(event.id, idOf(delivery)),
        type: nameOf(event.type, 'unknown'),
        payload: event.payload,
      };
    },
  };
}
