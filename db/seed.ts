import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../workers/runtime/config.ts';
import { deriveKey } from '../workers/runtime/keys.ts';
import { hashPassword, verifyPassword } from './auth/passwords.ts';
import { connectDb } from './connect.ts';
import type { Tx } from './scope.ts';
import { adminSecondFactorRequired } from './domain/identity/settings.ts';
import { idFromKey } from './domain/ids.ts';
import * as users from './repos/people/users.ts';
import * as settingValues from './repos/settings/values.ts';

/**
 * People to sign in as on a new machine: a super admin, a partner and, once the demo business has signed up, its owner.
 * Their passwords are derived from this installation's key and published nowhere. Safe to repeat.
 */
const config = loadConfig();
const db = connectDb(config.databaseUrls, 4);
const password = (role: string) =>
  deriveKey(config.masterKey, `demo-password:${role}`).toString('base64url').slice(0, 16);
const scope = { visibility: 'platform', by: { actor: { type: 'system', id: 'seed' }, context: {} } } as const;

const partnerNames = ['Northwind Partners', 'Lakeside Digital'] as const;
const partnerId = await idFromKey('partner', partnerNames[0]);
const staff = [
  { role: 'superAdmin', email: 'admin@demo.bizosaas.example', name: 'Alex Admin' },
  { role: 'partner', email: 'partner@demo.bizosaas.example', name: 'Pat Partner' },
] as const;
const client = { role: 'client', email: 'owner@demo.bizosaas.example' };

async function ensurePerson(tx: Tx, { role, email, name }: (typeof staff)[number]): Promise<void> {
  const id = await idFromKey('user', email);
  const found = (await tx.sql('auth.accounts').where({ user_id: id }).first('password')) as
    { password: string } | undefined;
  const secret = password(role);
  if (!found) {
    const person = {
      id,
      email,
      name,
      timezone: 'UTC',
      language: 'en' as const,
      passwordHash: await hashPassword(secret),
      emailVerifiedAt: new Date(),
    };
    await users.insert(tx, {
      ...person,
      platformRole: role,
      partnerId: role === 'partner' ? partnerId : null,
    });
  } else if (!(await verifyPassword({ hash: found.password, password: secret }))) {
    await tx
      .sql('auth.accounts')
      .where({ user_id: id })
      .update({ password: await hashPassword(secret) });
  }
}

await db.inScope(scope, async (tx) => {
  for (const name of partnerNames)
    await tx
      .sql('partners')
      .insert({ id: await idFromKey('partner', name), name })
      .onConflict('id')
      .ignore();
  for (const person of staff) await ensurePerson(tx, person);
  // People who try the demonstration have no authenticator app at hand; Home says that it is off.
  await settingValues.set(tx, adminSecondFactorRequired, { level: 'platform' }, false);
});
const signIns = [...staff, client].map(({ role, email }) => ({ role, email, password: password(role) }));
await writeFile(join(config.dataDir, 'sign-ins.json'), JSON.stringify(signIns, null, 2), { mode: 0o600 });
await db.close();
