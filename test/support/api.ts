import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from '@temporalio/client';
import { openConnection } from '../../workers/runtime/connection.ts';
import { createApp } from '../../api/app.ts';
import { composeApi } from '../../api/compose.ts';
import type { ApiDeps } from '../../api/kit/deps.ts';
import type { Processes } from '../../api/kit/processes/client.ts';
import { hashPassword } from '../../db/auth/passwords.ts';
import { idFromKey } from '../../db/domain/ids.ts';
import { adminSecondFactorRequired } from '../../db/domain/identity/settings.ts';
import * as users from '../../db/repos/people/users.ts';
import * as settingValues from '../../db/repos/settings/values.ts';
import type { Config } from '../../workers/runtime/config.ts';
import { followRuns } from '../../workers/projection/follow.ts';
import { createLog } from '../../workers/runtime/log.ts';
import { signUpAndConfirm } from './confirm.ts';
import { ownTemporal } from './platform.ts';
import { clientFor, openWorld, runWorker, type World } from './world.ts';

export const testPassword = 'a sturdy otter sings 77';

export interface Answer {
  status: number;
  headers: Headers;
  body: any;
  text: string;
}

/** A browser or API client with a cookie jar. */
export interface Caller {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  form(path: string, fields: Record<string, string | string[]>): Promise<Answer>;
  cookies: Map<string, string>;
}

/** The API over real HTTP with a real worker, PostgreSQL, Temporal, mailbox and payment sandbox behind it. */
export interface Platform {
  world: World;
  processes: Processes;
  url: string;
  caller(): Caller;
  /** Signed in as the super admin. */
  admin(): Promise<Caller>;
  partner(): Promise<Caller & { partnerId: string }>;
  /** A colleague of a business with another role, signed in. */
  colleague(tenantId: string, role: 'admin' | 'member'): Promise<Caller>;
  /** A new business and its owner, confirmed and signed in. */
  business(
    name?: string,
  ): Promise<Caller & { tenantId: string; userId: string; email: string; name: string }>;
  /** A second API process beside the first: its own state over the same database and Temporal. */
  secondApi(): Promise<{ url: string; stop(): Promise<void> }>;
  stop(): Promise<void>;
}

/** A browser or API client of the platform at `url`. */
export function callerOf(url: string): Caller {
  const cookies = new Map<string, string>();
  async function send(
    method: string,
    path: string,
    init: { body?: string; headers: Record<string, string> },
  ): Promise<Answer> {
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...init.headers,
      },
      ...(init.body !== undefined && { body: init.body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const split = pair.indexOf('=');
      cookies.set(pair.slice(0, split), pair.slice(split + 1));
    }
    const text = await response.text();
    const json = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: json && text ? JSON.parse(text) : undefined,
    };
  }
  const csrf = () => cookies.get('bizosaas.csrf') ?? '';
  return {
    cookies,
    call: (method, path, body, headers = {}) =>
      send(method, path, {
        headers: {
          ...(csrf() && { 'x-csrf-token': csrf() }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    form(path, fields) {
      const body = new URLSearchParams({ _csrf: csrf() });
      for (const [name, value] of Object.entries(fields))
        for (const one of [value].flat()) body.append(name, one);
      return send('POST', path, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: body.toString(),
      });
    },
  };
}

/** What the API of a test needs of the world: composed as in production. */
export const apiDeps = (world: World, client: Client, settings: Partial<Config> = {}): ApiDeps =>
  composeApi(
    { ...world.config, ...settings },
    world.database.db,
    client,
    createLog('api', world.config.logLevel),
  );

async function serve(deps: ApiDeps): Promise<{ server: Server; url: string }> {
  const server = await new Promise<Server>((resolve) => {
    const listening = createApp(deps).listen(0, '127.0.0.1', () => resolve(listening));
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

let counter = 0;
let hashed: Promise<string> | undefined;

/** The hash of `testPassword`, made once: each takes a core for 70 ms. */
const hashOfTestPassword = () => (hashed ??= hashPassword(testPassword));

export async function startPlatform(
  options: {
    worker?: boolean;
    settings?: Partial<Config>;
    temporal?: { address: string; namespace: string };
  } = {},
): Promise<Platform> {
  const temporal = options.temporal ?? (await ownTemporal());
  const world = await openWorld(temporal);
  const connection = await openConnection({ address: temporal.address });
  const client = clientFor(world, connection, temporal.namespace);
  const deps = apiDeps(world, client, options.settings);
  const worker = options.worker === false ? null : await runWorker(world, temporal);
  const projection = followRuns(client, world.database.db, createLog('projection', 'silent'));
  const { server, url } = await serve(deps);

  // As in the demonstration: people of the tests have no authenticator app.
  await world.database.db.inScope(
    { visibility: 'platform', by: { actor: { type: 'system', id: 'test' }, context: {} } },
    (tx) => settingValues.set(tx, adminSecondFactorRequired, { level: 'platform' }, false),
  );

  async function staff(role: 'superAdmin' | 'partner'): Promise<Caller & { partnerId: string }> {
    const email = `${role.toLowerCase()}${(counter += 1)}@staff.example`;
    const partnerId = await idFromKey('partner', email);
    const scope = {
      visibility: 'platform',
      by: { actor: { type: 'system', id: 'test' }, context: {} },
    } as const;
    const passwordHash = await hashOfTestPassword();
    await world.database.db.inScope(scope, async (tx) => {
      if (role === 'partner') await tx.sql('partners').insert({ id: partnerId, name: 'Test partner' });
      const person = {
        id: await idFromKey('user', email),
        email,
        name: 'Staff',
        timezone: 'UTC',
        language: 'en' as const,
      };
      await users.insert(tx, {
        ...person,
        passwordHash,
        emailVerifiedAt: new Date(),
        platformRole: role,
        partnerId: role === 'partner' ? partnerId : null,
      });
    });
    const caller = callerOf(url);
    const answer = await caller.call('POST', '/api/public/sign-in', { email, password: testPassword });
    if (answer.status !== 200) throw new Error(`sign-in: ${answer.text}`);
    return { ...caller, partnerId };
  }

  return {
    world,
    processes: deps.processes,
    url,
    caller: () => callerOf(url),
    async secondApi() {
      const second = await serve(apiDeps(world, client));
      return { url: second.url, stop: () => new Promise((resolve) => second.server.close(() => resolve())) };
    },
    admin: () => staff('superAdmin'),
    partner: () => staff('partner'),
    async colleague(tenantId, role) {
      const email = `${role}${(counter += 1)}.${process.pid}@example.com`;
      const scope = {
        visibility: { tenantId },
        by: { actor: { type: 'system', id: 'test' }, context: {} },
      } as const;
      const passwordHash = await hashOfTestPassword();
      await world.database.db.inScope(scope, async (tx) => {
        const id = await idFromKey('user', email);
        await users.insert(tx, {
          id,
          email,
          name: 'Colin Colleague',
          timezone: 'UTC',
          language: 'en',
          passwordHash,
          emailVerifiedAt: new Date(),
        });
        await users.addMember(tx, tenantId, id, role);
      });
      const caller = callerOf(url);
      await caller.call('POST', '/api/public/sign-in', { email, password: testPassword });
      return caller;
    },
    async business(name) {
      const n = (counter += 1);
      const caller = callerOf(url);
      const body = {
        businessName: name ?? `Business ${process.pid} ${n}`,
        ownerName: 'Olga Owner',
        email: `olga${n}.${process.pid}@example.com`,
        password: testPassword,
        timezone: 'Europe/Madrid',
        language: 'en',
      };
      const ids = await signUpAndConfirm(caller, world.mails, body);
      return { ...caller, ...ids, email: body.email, name: body.businessName };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await projection.stop();
      await worker?.stop();
      await connection.close();
      await world.close();
    },
  };
}
