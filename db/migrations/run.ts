import { setTimeout as sleep } from 'node:timers/promises';
import knex, { type Knex } from 'knex';
import { migrations } from './index.ts';

/** Login roles beside the owner, made by the migration run. */
export const loginRoles = [
  'bizosaas_app',
  'bizosaas_platform',
  'bizosaas_partner',
  'bizosaas_query_ro',
] as const;
export type LoginRole = (typeof loginRoles)[number];

/** Key of the advisory lock that lets only one process migrate; the others wait, then find nothing to do. */
const lockKey = 4_201_337;

/**
 * Brings the database up to date: login roles with their passwords, then every migration that has not run.
 * `ownerUrl` must be allowed to create roles. Returns the names of the migrations that ran.
 */
export async function migrateDb(ownerUrl: string, passwords: Record<LoginRole, string>): Promise<string[]> {
  const owner = knex({ client: 'pg', connection: ownerUrl, pool: { min: 1, max: 1 } });
  try {
    await owner.raw('select pg_advisory_lock(?)', [lockKey]);
    for (const role of loginRoles) await setLoginRole(owner, role, passwords[role]);
    await owner.raw(
      'create table if not exists migrations (name text primary key, ran_at timestamptz not null default now())',
    );
    await assertKnown(owner);
    const ran: string[] = [];
    for (const migration of migrations) {
      await owner.transaction(async (sql) => {
        const inserted = await sql.raw<{ rows: unknown[] }>(
          'insert into migrations (name) values (?) on conflict do nothing returning name',
          [migration.name],
        );
        if (inserted.rows.length === 0) return;
        await sql.raw(migration.up.replaceAll('?', '\\?'));
        ran.push(migration.name);
      });
    }
    return ran;
  } finally {
    await owner.destroy();
  }
}

/** This version can't migrate the database; the message is for the person who starts it. */
export class OtherVersionError extends Error {}

/** A database of another line of versions is left unchanged: none of these migrations fit it. */
async function assertKnown(owner: Knex): Promise<void> {
  const known = migrations.map(({ name }) => name);
  const rows = await owner('migrations').whereNotIn('name', known).orderBy('name').limit(1).pluck('name');
  if (rows.length === 0) return;
  throw new OtherVersionError(
    `This database was made by another version of BizOSaaS: it ran the migration ${rows[0]}, which this version ` +
      'does not have. Nothing was changed. Start with an empty data folder (DATA_DIR) or database (DATABASE_URL).',
  );
}

const strengthOfRole = `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as strong
  from pg_roles where rolname = ?`;

/**
 * Roles belong to the whole server while the lock above belongs to one database, so a migration of another database
 * may touch the same role at the same moment; PostgreSQL then refuses one of the two, which tries again.
 */
async function setLoginRole(owner: Knex, role: LoginRole, password: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const found = await owner.raw<{ rows: { strong: boolean }[] }>(strengthOfRole, [role]);
      const verb = found.rows.length > 0 ? 'alter' : 'create';
      // Only a superuser may say "nosuperuser" of a role that exists, so the clause is added only when it changes something.
      const weaken = found.rows[0]?.strong
        ? 'nosuperuser nobypassrls nocreaterole nocreatedb noreplication'
        : '';
      await owner.raw(`${verb} role ?? login ${weaken} password ${quoteLiteral(password)}`, [role]);
      return;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      const crossed = code === '42710' || code === '23505' || message.includes('concurrently updated');
      if (!crossed || attempt >= 50) throw error;
      await sleep(Math.random() * 20 * Math.min(attempt, 5));
    }
  }
}

/** Role passwords go into a statement that takes no parameters; they are base64url, and quoted all the same. */
function quoteLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
