import { loadConfig } from '../workers/runtime/config.ts';
import { loginRoles, migrateDb, OtherVersionError, type LoginRole } from './migrations/run.ts';

/** Brings the database of DATABASE_URL up to date, then ends. */
const { owner, app, platform, partner, queryRo } = loadConfig().databaseUrls;
const urlOf: Record<LoginRole, string> = {
  bizosaas_app: app,
  bizosaas_platform: platform,
  bizosaas_partner: partner,
  bizosaas_query_ro: queryRo,
};
const passwords = Object.fromEntries(
  loginRoles.map((role) => [role, decodeURIComponent(new URL(urlOf[role]).password)]),
) as Record<LoginRole, string>;
try {
  const ran = await migrateDb(owner, passwords);
  console.log(ran.length === 0 ? 'The database is up to date.' : `Ran ${ran.join(', ')}.`);
} catch (error) {
  if (!(error instanceof OtherVersionError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
