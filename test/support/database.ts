import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { connectDb } from '../../db/connect.ts';
import type { Db, Visibility, Scope } from '../../db/scope.ts';
import { newId } from '../../db/domain/ids.ts';
import { loginRoles, migrateDb, type LoginRole } from '../../db/migrations/run.ts';
import * as tenants from '../../db/repos/tenants/tenants.ts';
import * as users from '../../db/repos/people/users.ts';
import { loadConfig, type DatabaseUrls } from '../../workers/runtime/config.ts';
import { testPostgres } from './platform.ts';

/** A migrated database of one's own on a real PostgreSQL. */
export interface TestDatabase {
  db: Db;
  urls: DatabaseUrls;
  /** Runs SQL as the superuser, past row-level security; the rows. */
  owner: <Row = Record<string, unknown>>(sql: string, params?: unknown[]) => Promise<Row[]>;
  close: () => Promise<void>;
}

/** Writes what a fresh database is to hold. */
type Filling = (db: Db) => Promise<void>;

let template: Promise<string> | undefined;
const filledTemplates = new Map<Filling, Promise<string>>();
let counter = 0;

/**
 * A fresh copy of the migrated database, in about 50 ms. With `filling` it holds what that writes, which runs once in
 * this process. Call `close()` in `after`.
 */
export async function testDatabase(
  options: { poolSize?: number; filling?: Filling } = {},
): Promise<TestDatabase> {
  const server = await testPostgres();
  const name = uniqueName('app');
  const urls = roleUrls(await server.createDatabase(name, await templateWith(options.filling)));
  const db = connectDb(urls, options.poolSize);
  const ownerPool = new pg.Pool({ connectionString: urls.owner, max: 2 });
  ownerPool.on('error', () => undefined);
  return {
    db,
    urls,
    owner: async <Row>(sql: string, params?: unknown[]) =>
      (await ownerPool.query(sql, params)).rows as unknown as Row[],
    close: async () => {
      await Promise.all([db.close(), ownerPool.end()]);
      await dropDatabase(server.ownerUrl('postgres'), name);
    },
  };
}

/** An empty database without any migration: the owner's URL and what removes it. */
export async function emptyDatabase(): Promise<{ urls: DatabaseUrls; close: () => Promise<void> }> {
  const server = await testPostgres();
  const name = uniqueName('empty');
  const urls = roleUrls(await server.createDatabase(name));
  return { urls, close: () => dropDatabase(server.ownerUrl('postgres'), name) };
}

/** Runs the migrations with the role passwords of `urls`; the names of those that ran. */
export async function migrate(urls: DatabaseUrls): Promise<string[]> {
  const urlOf: Record<LoginRole, string> = {
    bizosaas_app: urls.app,
    bizosaas_platform: urls.platform,
    bizosaas_partner: urls.partner,
    bizosaas_query_ro: urls.queryRo,
  };
  const passwords = loginRoles.map((role) => [role, decodeURIComponent(new URL(urlOf[role]).password)]);
  return migrateDb(urls.owner, Object.fromEntries(passwords) as Record<LoginRole, string>);
}

/** The same connection strings a process derives from `DATABASE_URL`. */
export function roleUrls(ownerUrl: string): DatabaseUrls {
  const env = { DATABASE_URL: ownerUrl, BIZOSAAS_MASTER_KEY: randomBytes(32).toString('base64') };
  return loadConfig(env).databaseUrls;
}

/** Whose rows, and who acts. */
export function scope(visibility: Visibility, actorId = 'usr_tester'): Scope {
  return { visibility, by: { actor: { type: 'user', id: actorId }, context: { requestId: 'test' } } };
}

export interface PlantedTenant {
  tenantId: string;
  userId: string;
  name: string;
  email: string;
}

export interface PlantOptions {
  name?: string;
  ownerName?: string;
  email?: string;
  timezone?: string;
  language?: 'en' | 'de' | 'es' | 'fr';
  partnerId?: string | null;
  /** Encoded hash for tests that sign in; without it no one can. */
  passwordHash?: string;
  status?: 'onboarding' | 'live';
  /** Without it the owner has confirmed the address. */
  confirmed?: false;
}

/** A tenant with its owner and membership, made as a sign-up makes them. */
export async function plantTenant(db: Db, options: PlantOptions = {}): Promise<PlantedTenant> {
  const [tenantId, userId] = [newId('tenant'), newId('user')];
  const { name = `Business ${tenantId.slice(-10)}`, email = `${userId}@example.com` } = options;
  const { timezone = 'Europe/Madrid', language = 'en', status, partnerId = null } = options;
  await db.inScope(scope({ tenantId }, userId), async (tx) => {
    await tenants.insert(tx, { id: tenantId, name, timezone, language, partnerId });
    const { ownerName = 'Olga Owner', passwordHash = 'unusable', confirmed = true } = options;
    const person = { id: userId, email, name: ownerName, timezone, language, passwordHash };
    await users.insert(tx, { ...person, ...(confirmed && { emailVerifiedAt: new Date() }) });
    await users.addMember(tx, tenantId, userId, 'owner');
    if (status === 'live') await tenants.setStatus(tx, tenantId, 'live');
  });
  return { tenantId, userId, name, email };
}

function templateWith(filling: Filling | undefined): Promise<string> {
  const plain = (template ??= makeTemplate());
  if (!filling) return plain;
  const known = filledTemplates.get(filling);
  if (known) return known;
  const made = plain.then((from) => fill(from, filling));
  filledTemplates.set(filling, made);
  return made;
}

async function fill(from: string, filling: Filling): Promise<string> {
  const server = await testPostgres();
  const name = uniqueName('template');
  const db = connectDb(roleUrls(await server.createDatabase(name, from)), 1);
  try {
    await filling(db);
  } finally {
    await db.close();
  }
  return name;
}

async function makeTemplate(): Promise<string> {
  const server = await testPostgres();
  const name = uniqueName('template');
  await migrate(roleUrls(await server.createDatabase(name)));
  return name;
}

function uniqueName(purpose: string): string {
  return `${purpose}_${process.pid}_${(counter += 1)}`;
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
  } finally {
    await client.end();
  }
}
