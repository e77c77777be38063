import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { dayMs } from '../../../../db/domain/time.ts';

export interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  query?: string;
}

/** How a service signs and what it says, from its own documentation; nothing of ours is used. */
export interface Vendor {
  id: `MCP-${string}`;
  /** What the tenant keeps for checking. */
  stored: Record<string, string>;
  /** The secret that the vendor signs with; `another` is a wrong one. */
  signsWith: string;
  another: string;
  /** A true event. */
  body: string;
  /** The id under which it is known; null where the service gives none and the bytes stand for it. */
  eventId: string | null;
  type: string;
  /** How old a delivery may be; null where no time is signed. */
  oldestMs: number | null;
  /** What travels, for a body at a time, to an address. */
  send(body: string, given: { secret: string; atMs: number; url: string }): Sent;
  /** What proves nothing but the address: not signed, so it can be neither changed nor forged without being known. */
  unsigned?: true;
}

const fiveMinutesMs = 300_000;
const text = (value: unknown) => JSON.stringify(value);
const mac = (kind: 'sha1' | 'sha256', secret: string, content: string, form: 'hex' | 'base64') =>
  createHmac(kind, secret).update(content).digest(form);
const hmacs = { signsWith: 'the-secret-of-the-hook', another: 'another-secret' };

const p256 = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2_048 });
const pem = (key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }) =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();
const [sendgridKeys, sendgridOthers, rsaKeys, rsaOthers] = [p256(), p256(), rsa(), rsa()];

/** What is served at PayPal's address for its certificate. */
export const paypalCertificate = rsaKeys.publicKey.export({ type: 'spki', format: 'pem' }).toString();
export const paypalCertificateUrl = 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594';
const paypalWebhookId = '4JH86294D6297924G';

/** `header: <prefix>HMAC-SHA256 of the body`. */
const overBody =
  (header: string, form: 'hex' | 'base64', prefix = '', more: Record<string, string> = {}): Vendor['send'] =>
  (body, { secret }) => ({
    body,
    headers: { ...more, [header]: prefix + mac('sha256', secret, body, form) },
  });

/** `t=<seconds>,v1=<HMAC of "t.body">`. */
const overTimeAndBody =
  (header: string): Vendor['send'] =>
  (body, { secret, atMs }) => {
    const t = Math.floor(atMs / 1_000);
    return { body, headers: { [header]: `t=${t},v1=${mac('sha256', secret, `${t}.${body}`, 'hex')}` } };
  };

/** `v0=<HMAC of "v0:time:body">` with the time in a header beside it. */
const overVersion =
  (prefix: string): Vendor['send'] =>
  (body, { secret, atMs }) => {
    const t = String(Math.floor(atMs / 1_000));
    const signature = `v0=${mac('sha256', secret, `v0:${t}:${body}`, 'hex')}`;
    return { body, headers: { [`${prefix}-signature`]: signature, [`${prefix}-request-timestamp`]: t } };
  };

const graph = overBody('x-hub-signature-256', 'hex', 'sha256=');
const base64Url = (value: unknown) => Buffer.from(text(value)).toString('base64url');

export const vendors: Readonly<Record<string, Vendor>> = {
  quickbooks: {
    id: 'MCP-01',
    ...hmacs,
    stored: { verifierToken: hmacs.signsWith },
    body: text([{ type: 'qbo.invoice.updated.v1', intuitaccountid: '9341', data: { id: '145' } }]),
    eventId: null,
    type: 'qbo.invoice.updated.v1',
    oldestMs: null,
    send: overBody('intuit-signature', 'base64'),
  },
  xero: {
    id: 'MCP-02',
    ...hmacs,
    stored: { webhookKey: hmacs.signsWith },
    body: text({ events: [{ eventCategory: 'INVOICE', eventType: 'UPDATE', tenantId: 'c1cc9b6e' }] }),
    eventId: null,
    type: 'INVOICE.UPDATE',
    oldestMs: null,
    send: overBody('x-xero-signature', 'base64'),
  },
  stripe: {
    id: 'MCP-03',
    ...hmacs,
    stored: { webhookSecret: hmacs.signsWith },
    body: text({ id: 'evt_1', type: 'invoice.paid', data: { object: { id: 'in_1' } } }),
    eventId: 'evt_1',
    type: 'invoice.paid',
    oldestMs: fiveMinutesMs,
    send: overTimeAndBody('stripe-signature'),
  },
  paypal: {
    id: 'MCP-04',
    stored: { webhookId: paypalWebhookId },
    signsWith: pem(rsaKeys.privateKey),
    another: pem(rsaOthers.privateKey),
    body: text({ id: 'WH-7Y7254563A4550640', event_type: 'INVOICING.INVOICE.PAID' }),
    eventId: 'WH-7Y7254563A4550640',
    type: 'INVOICING.INVOICE.PAID',
    oldestMs: 3 * dayMs,
    send(body, { secret, atMs }) {
      const time = new Date(atMs).toISOString();
      const signed = Buffer.from(`69cd13f0-d67a|${time}|${paypalWebhookId}|${crc32(body)}`);
      return {
        body,
        headers: {
          'paypal-transmission-id': '69cd13f0-d67a',
          'paypal-transmission-time': time,
          'paypal-transmission-sig': sign('sha256', signed, secret).toString('base64'),
          'paypal-cert-url': paypalCertificateUrl,
          'paypal-auth-algo': 'SHA256withRSA',
        },
      };
    },
  },
  razorpay: {
    id: 'MCP-05',
    ...hmacs,
    stored: { webhookSecret: hmacs.signsWith },
    body: text({ event: 'payment_link.paid', account_id: 'acc_1', payload: {} }),
    eventId: 'razorpay-event-1',
    type: 'payment_link.paid',
    oldestMs: null,
    send: overBody('x-razorpay-signature', 'hex', '', { 'x-razorpay-event-id': 'razorpay-event-1' }),
  },
  'meta-ads': {
    id: 'MCP-06',
    ...hmacs,
    stored: { clientSecret: hmacs.signsWith },
    body: text({ entry: [{ id: '1044', changes: [{ field: 'leadgen', value: { leadgen_id: '77120' } }] }] }),
    eventId: '77120',
    type: 'leadgen',
    oldestMs: null,
    send: graph,
  },
  wix: {
    id: 'MCP-10',
    stored: { webhookPublicKey: paypalCertificate },
    signsWith: pem(rsaKeys.privateKey),
    another: pem(rsaOthers.privateKey),
    body: text({
      eventType: 'wix.contacts.v4.contact_created',
      instanceId: 'i1',
      data: text({ id: 'wix-1' }),
    }),
    eventId: 'wix-1',
    type: 'wix.contacts.v4.contact_created',
    oldestMs: fiveMinutesMs,
    send(body, { secret, atMs }) {
      const claims = { data: body, iat: Math.floor(atMs / 1_000) };
      const content = `${base64Url({ alg: 'RS256' })}.${base64Url(claims)}`;
      return { body: `${content}.${sign('sha256', Buffer.from(content), secret).toString('base64url')}` };
    },
  },
  notion: {
    id: 'MCP-11',
    ...hmacs,
    stored: { verificationToken: hmacs.signsWith },
    body: text({ id: 'notion-1', type: 'page.content_updated', workspace_id: 'w1', attempt_number: 1 }),
    eventId: 'notion-1',
    type: 'page.content_updated',
    oldestMs: null,
    send: overBody('x-notion-signature', 'hex', 'sha256='),
  },
  trello: {
    id: 'MCP-12',
    ...hmacs,
    stored: { apiSecret: hmacs.signsWith },
    body: text({ action: { id: 'trello-1', type: 'updateCard' }, model: { id: 'm1' } }),
    eventId: 'trello-1',
    type: 'updateCard',
    oldestMs: null,
    send: (body, { secret, url }) => ({
      body,
      headers: { 'x-trello-webhook': mac('sha1', secret, body + url, 'base64') },
    }),
  },
  fluentcrm: {
    id: 'MCP-13',
    ...hmacs,
    stored: { appPassword: 'not used for notices' },
    body: text({ email: 'ada@example.com', first_name: 'Ada' }),
    eventId: null,
    type: 'contact',
    oldestMs: null,
    unsigned: true,
    send: (body) => ({ body }),
  },
  hubspot: {
    id: 'MCP-14',
    ...hmacs,
    stored: { clientSecret: hmacs.signsWith },
    body: text([{ eventId: 1, subscriptionType: 'deal.propertyChange', portalId: 62_515 }]),
    eventId: null,
    type: 'deal.propertyChange',
    oldestMs: fiveMinutesMs,
    send: (body, { secret, atMs, url }) => ({
      body,
      headers: {
        'x-hubspot-request-timestamp': String(atMs),
        'x-hubspot-signature-v3': mac('sha256', secret, `POST${url}${body}${atMs}`, 'base64'),
      },
    }),
  },
  pipedrive: {
    id: 'MCP-16',
    ...hmacs,
    stored: { webhookPassword: hmacs.signsWith },
    body: text({ meta: { id: 'pipedrive-1', entity: 'deal', action: 'change' }, data: { id: 7 } }),
    eventId: 'pipedrive-1',
    type: 'deal.change',
    oldestMs: null,
    unsigned: true,
    send: (body, { secret }) => ({
      body,
      headers: { authorization: `Basic ${Buffer.from(`bizosaas:${secret}`).toString('base64')}` },
    }),
  },
  mailchimp: {
    id: 'MCP-17',
    ...hmacs,
    stored: { webhookSecret: hmacs.signsWith },
    body: 'type=unsubscribe&fired_at=2026-11-23+12%3A00%3A00&data%5Bemail%5D=ada%40example.com',
    eventId: null,
    type: 'unsubscribe',
    oldestMs: fiveMinutesMs,
    send: overTimeAndBody('x-mailchimp-signature'),
  },
  tenweb: {
    id: 'MCP-09',
    ...hmacs,
    stored: { webhookSecret: hmacs.signsWith },
    body: text({
      event_id: 'evt_a1b2c3d4e5f67890abcdef123456',
      delivery_id: 'del_01jwabcdefghjkmnpqrstvwxyz',
      event: 'backup_created',
      created_at: '2026-06-03T12:00:00Z',
      status: 'success',
      website_id: 12_345,
    }),
    eventId: 'evt_a1b2c3d4e5f67890abcdef123456',
    type: 'backup_created',
    oldestMs: fiveMinutesMs,
    send(body, { secret, atMs }) {
      const t = String(Math.floor(atMs / 1_000));
      const signature = `v1=${mac('sha256', secret, `${t}.${body}`, 'hex')}`;
      return { body, headers: { 'x-10web-timestamp': t, 'x-10web-signature': signature } };
    },
  },
  sendgrid: {
    id: 'MCP-18',
    stored: {
      webhookPublicKey: sendgridKeys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    },
    signsWith: pem(sendgridKeys.privateKey),
    another: pem(sendgridOthers.privateKey),
    body: text([{ event: 'delivered', email: 'ada@example.com', sg_event_id: 's1' }]),
    eventId: null,
    type: 'delivered',
    oldestMs: fiveMinutesMs,
    send(body, { secret, atMs }) {
      const t = String(Math.floor(atMs / 1_000));
      const prefix = 'x-twilio-email-event-webhook';
      const signature = sign('sha256', Buffer.from(t + body), secret).toString('base64');
      return { body, headers: { [`${prefix}-timestamp`]: t, [`${prefix}-signature`]: signature } };
    },
  },
  zoom: {
    id: 'MCP-19',
    ...hmacs,
    stored: { webhookSecret: hmacs.signsWith },
    body: text({ event: 'meeting.ended', event_ts: 1, payload: { account_id: 'a1', object: { id: '8' } } }),
    eventId: null,
    type: 'meeting.ended',
    oldestMs: fiveMinutesMs,
    send: overVersion('x-zm'),
  },
  whatsapp: {
    id: 'MCP-20',
    ...hmacs,
    stored: { clientSecret: hmacs.signsWith },
    body: text({
      entry: [
        {
          id: '31',
          changes: [{ field: 'messages', value: { statuses: [{ id: 'wamid.A1', status: 'read' }] } }],
        },
      ],
    }),
    eventId: 'wamid.A1:read',
    type: 'status.read',
    oldestMs: null,
    send: graph,
  },
  slack: {
    id: 'MCP-21',
    ...hmacs,
    stored: { signingSecret: hmacs.signsWith },
    body: text({ type: 'event_callback', event_id: 'Ev1', team_id: 'T1', event: { type: 'message' } }),
    eventId: 'Ev1',
    type: 'message',
    oldestMs: fiveMinutesMs,
    send: overVersion('x-slack'),
  },
  github: {
    id: 'MCP-24',
    ...hmacs,
    stored: { webhookSecret: hmacs.signsWith },
    body: text({ action: 'opened', issue: { number: 1 }, repository: { owner: { login: 'acme' } } }),
    eventId: '72d3162e-cc78-11e3',
    type: 'issues.opened',
    oldestMs: null,
    send: overBody('x-hub-signature-256', 'hex', 'sha256=', {
      'x-github-delivery': '72d3162e-cc78-11e3',
      'x-github-event': 'issues',
    }),
  },
  zapier: {
    id: 'MCP-25',
    ...hmacs,
    stored: { hookUrl: 'https://hooks.zapier.com/hooks/catch/1/abc/' },
    body: text({ id: 'zap-1', type: 'lead.new', email: 'ada@example.com' }),
    eventId: 'zap-1',
    type: 'lead.new',
    oldestMs: null,
    unsigned: true,
    send: (body) => ({ body }),
  },
};

/** Servers whose service tells nothing of itself, and why. */
export const silent: Readonly<Record<string, string>> = {
  'brave-search': 'A search engine; nothing happens in an account.',
  ga4: 'The Google Analytics, Tag Manager and Search Console APIs have no webhooks.',
  'google-ads':
    'The API has no webhooks; the lead form extension posts a key of its own, which is not part of it.',
  linkedin: 'Lead notices go to one validated address per application, not per tenant.',
  posthog: 'Destinations are configured by the person and are not signed.',
  salesforce: 'Changes come by streaming or by outbound messages, which are not signed.',
  wordpress: 'Its REST API has no webhooks.',
  zipwp: 'Its API tells how a website is coming along only when it is asked.',
};
