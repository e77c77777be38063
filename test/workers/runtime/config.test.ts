import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { ConfigError, loadConfig, loadLauncherConfig } from '../../../workers/runtime/config.ts';
import { deriveKey, deriveRolePassword } from '../../../workers/runtime/keys.ts';

const env = {
  DATABASE_URL: 'postgres://postgres:s3cr%2Fet@db.example:5432/bizosaas',
  BIZOSAAS_MASTER_KEY: randomBytes(32).toString('base64'),
};

function messageOf(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  return assert.fail('no ConfigError was thrown');
}

describe('the configuration', () => {
  it('knows who runs the installation once name, address and email are there, and asks for what is missing', () => {
    const given = { OPERATOR_NAME: 'Quay Street Services', OPERATOR_EMAIL: 'hello@quay.example' };
    assert.equal(loadConfig(env).operator, null);
    assert.match(
      messageOf(() => loadConfig({ ...env, ...given })),
      /^OPERATOR_ADDRESS is required/,
    );
    const { operator } = loadConfig({ ...env, ...given, OPERATOR_ADDRESS: '4 Quay Street; Galway;' });
    assert.deepEqual(operator, {
      name: 'Quay Street Services',
      address: ['4 Quay Street', 'Galway'],
      email: 'hello@quay.example',
      phone: null,
      registration: null,
      securityEmail: 'hello@quay.example',
    });
  });

  it('[SEC-1] trusts proxies by number or network, and those of this machine where nothing is set', () => {
    const trusted = (value: string) => loadConfig({ ...env, TRUST_PROXY: value }).trustProxy;
    assert.deepEqual(trusted(''), ['loopback']);
    assert.equal(trusted('2'), 2);
    assert.deepEqual(trusted('loopback, 10.1.0.0/16,2001:db8::/32'), [
      'loopback',
      '10.1.0.0/16',
      '2001:db8::/32',
    ]);
  });

  const wrong: [string, string][] = [
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PORT', '0'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['PUBLIC_URL', 'localhost:3000'],
    ['TEMPORAL_ADDRESS', 'localhost'],
    ['BIZOSAAS_MASTER_KEY', 'c2hvcnQ='],
    ['BIZOSAAS_ENV', 'staging'],
    ['LOG_LEVEL', 'loud'],
    ['SMTP_URL', 'mail.example'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', 'loopback, proxy.example'],
  ];
  for (const [name, value] of wrong) {
    it(`says in one sentence what is wrong with ${name}=${value}`, () => {
      const message = messageOf(() => loadConfig({ ...env, [name]: value }));
      assert.ok(message.startsWith(`${name} `), message);
      assert.match(message, /^[^\n]+\.$/);
    });
  }

  for (const name of ['DATABASE_URL', 'BIZOSAAS_MASTER_KEY']) {
    it(`requires ${name} in a process of the product, not in the launcher`, () => {
      const without = { ...env, [name]: '' };
      assert.equal(
        messageOf(() => loadConfig(without)),
        `${name} is required and not set.`,
      );
      assert.doesNotThrow(() => loadLauncherConfig(without));
    });
  }

  it('derives the roles’ passwords from the owner’s, and lets each URL be given instead', () => {
    const partner = 'postgres://p:x@elsewhere/bizosaas';
    const { databaseUrls } = loadConfig({ ...env, DATABASE_PARTNER_URL: partner });
    const app = new URL(databaseUrls.app);
    assert.deepEqual([app.username, app.host], ['bizosaas_app', 'db.example:5432']);
    assert.equal(app.password, deriveRolePassword('s3cr/et', 'bizosaas_app'));
    assert.equal(databaseUrls.partner, partner);
    assert.equal(new Set(Object.values(databaseUrls)).size, 5);
  });

  it('falls back to the master key where the owner needs no password', () => {
    const { databaseUrls, masterKey } = loadConfig({
      ...env,
      DATABASE_URL: 'postgres://owner@db.example/bizosaas',
    });
    assert.equal(new URL(databaseUrls.app).password, deriveRolePassword(masterKey, 'bizosaas_app'));
  });

  it('refuses published secrets in production only', () => {
    const published = { ...env, DATABASE_URL: 'postgres://postgres:postgres@db.example/bizosaas' };
    const zeroKey = { ...env, BIZOSAAS_MASTER_KEY: Buffer.alloc(32).toString('base64') };
    assert.match(
      messageOf(() => loadConfig({ ...published, BIZOSAAS_ENV: 'production' })),
      /^DATABASE_URL /,
    );
    assert.match(
      messageOf(() => loadConfig({ ...zeroKey, BIZOSAAS_ENV: 'production' })),
      /^BIZOSAAS_MASTER_KEY /,
    );
    assert.doesNotThrow(() => loadConfig(published));
    assert.doesNotThrow(() => loadConfig({ ...env, BIZOSAAS_ENV: 'production' }));
  });

  it('cannot be changed afterwards', () => {
    const config = loadConfig(env);
    assert.throws(() => Object.assign(config, { port: 1 }), TypeError);
    assert.throws(() => Object.assign(config.databaseUrls, { owner: '' }), TypeError);
  });

  it('derives independent 32-byte keys for each purpose', () => {
    const master = randomBytes(32);
    const keys = ['codec', 'sessions'].map((purpose) => deriveKey(master, purpose));
    assert.deepEqual(
      keys.map(({ length }) => length),
      [32, 32],
    );
    assert.notDeepEqual(keys[0], keys[1]);
    assert.deepEqual(deriveKey(master, 'codec'), keys[0]);
  });
});
