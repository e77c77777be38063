import type { Tx } from '../../scope.ts';
import { AppError } from '../../domain/errors.ts';
import { kindOf, type SignInProvider } from '../../domain/identity/sign-in-provider.ts';
import { all, first, snake } from '../shared/rows.ts';

/** Providers belong to the platform: every function here needs its reach. */

const columns = [
  'key',
  'title',
  'issuer',
  'client_id',
  'key_id',
  'sealed',
  'domains',
  'is_on',
  'last_success_at',
  'last_failure_at',
  'last_failure',
];

type Row = Omit<SignInProvider, 'kind'>;
const toProvider = (row: Row): SignInProvider => ({ ...row, kind: kindOf(row.key) });

export async function list(tx: Tx): Promise<SignInProvider[]> {
  const rows = await all<Row>(tx.sql('auth.providers').orderBy(['title', 'key']).select(columns));
  return rows.map(toProvider);
}

/** Those people can sign in with, by title. */
export async function listOn(tx: Tx): Promise<Pick<SignInProvider, 'key' | 'title'>[]> {
  return all(
    tx.sql('auth.providers').where({ is_on: true }).orderBy(['title', 'key']).select('key', 'title'),
  );
}

export async function find(tx: Tx, key: string): Promise<SignInProvider | null> {
  const row = await first<Row>(tx.sql('auth.providers').where({ key }).select(columns));
  return row && toProvider(row);
}

/** Throws `provider.not-found` for one that is turned off, too. */
export async function getOn(tx: Tx, key: string): Promise<SignInProvider> {
  const found = await find(tx, key);
  if (!found?.isOn) throw new AppError('provider.not-found');
  return found;
}

/** Sets a provider up or changes it; it stays on or off. Without a sealed secret the stored one is kept. */
export async function save(
  tx: Tx,
  provider: Pick<SignInProvider, 'key' | 'title' | 'issuer' | 'clientId' | 'domains'>,
  secret: Pick<SignInProvider, 'keyId' | 'sealed'> | null,
): Promise<void> {
  const values = snake({ ...provider, ...secret, updatedAt: tx.sql.fn.now() });
  const changed = await tx.sql('auth.providers').where({ key: provider.key }).update(values);
  if (changed === 0) {
    if (!secret) {
      const text = 'Enter the client secret.';
      throw new AppError('provider.secret-missing', { fields: { clientSecret: text } });
    }
    await tx.sql('auth.providers').insert(values);
  }
  tx.record({
    action: 'provider.configured',
    targets: [{ type: 'provider', id: provider.key }],
    data: { issuer: provider.issuer, secretChanged: secret !== null },
  });
}

/** Turns a provider on or off for everyone. Throws `provider.not-configured` where there is none. */
export async function turn(tx: Tx, key: string, isOn: boolean): Promise<void> {
  const provider = await find(tx, key);
  if (!provider) throw new AppError('provider.not-configured');
  if (provider.isOn === isOn) return;
  await tx.sql('auth.providers').where({ key }).update({ is_on: isOn, updated_at: tx.sql.fn.now() });
  tx.record({
    action: isOn ? 'provider.enabled' : 'provider.disabled',
    targets: [{ type: 'provider', id: key }],
  });
}

/** Notes how the last sign-in went; `failure` is a code of the error table. */
export async function noteOutcome(tx: Tx, key: string, failure: string | null): Promise<void> {
  const now = tx.sql.fn.now();
  await tx
    .sql('auth.providers')
    .where({ key })
    .update(failure === null ? { last_success_at: now } : { last_failure_at: now, last_failure: failure });
}

/** Uses a state up; false where it was used before. Forgets those that are too old to be used. */
export async function takeState(tx: Tx, stateHash: string, lifetimeMs: number): Promise<boolean> {
  await tx.sql('auth.provider_states').where('expires_at', '<', tx.sql.fn.now()).delete();
  const inserted = await tx
    .sql('auth.provider_states')
    .insert({
      state_hash: stateHash,
      expires_at: tx.sql.raw('now() + cast(? as interval)', [`${lifetimeMs} milliseconds`]),
    })
    .onConflict('state_hash')
    .ignore()
    .returning('state_hash');
  return inserted.length > 0;
}
