import assert from 'node:assert/strict';
import { newId } from '../../../../db/domain/ids.ts';
import * as invitations from '../../../../db/repos/people/invitations.ts';
import * as mails from '../../../../db/repos/settings/mails.ts';
import * as tokens from '../../../../db/repos/identity/tokens.ts';
import {
  plantTenant,
  scope,
  testDatabase,
  type PlantedTenant,
  type TestDatabase,
} from '../../../support/database.ts';
import { hourMs } from '../../../../db/domain/time.ts';

const inAnHour = () => new Date(Date.now() + hourMs);

describe('what goes out to people', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  const inTenant = <T>({ tenantId }: PlantedTenant, work: Parameters<TestDatabase['db']['inScope']>[1]) =>
    database.db.inScope(scope({ tenantId }), work) as Promise<T>;

  const actionsOf = async ({ tenantId }: PlantedTenant) =>
    (
      await database.owner<{ action: string }>(
        'select action from events where tenant_id = $1 order by seq',
        [tenantId],
      )
    )
      .map(({ action }) => action)
      .slice(3);

  describe('[USR-2] invitations', () => {
    const invite = (tenant: PlantedTenant, email: string, id = newId('invitation')) =>
      inTenant<void>(tenant, (tx) =>
        invitations.insert(tx, {
          id,
          tenantId: tenant.tenantId,
          email,
          name: 'Ivy',
          role: 'member',
          invitedBy: tenant.userId,
          expiresAt: inAnHour(),
        }),
      );

    it('refuse who is in the team and who is invited already, tenant by tenant', async () => {
      const [one, two] = [await plantTenant(database.db), await plantTenant(database.db)];
      await assert.rejects(invite(one, one.email), { code: 'user.already-member' });
      await invite(one, 'ivy@example.com');
      await assert.rejects(invite(one, 'ivy@example.com'), { code: 'invitation.pending' });
      await invite(two, 'ivy@example.com');
      await invite(two, one.email);
    });

    it('are made once for one id, and one of many for one address at the same moment', async () => {
      const tenant = await plantTenant(database.db);
      const id = newId('invitation');
      await Promise.all([invite(tenant, 'a@example.com', id), invite(tenant, 'a@example.com', id)]);
      const settled = await Promise.allSettled(
        Array.from({ length: 6 }, () => invite(tenant, 'b@example.com')),
      );
      const refused = settled.filter((result) => result.status === 'rejected');
      assert.deepEqual(
        refused.map(({ reason }) => (reason as { code: string }).code),
        Array(5).fill('invitation.pending'),
      );
      const pending = await inTenant<invitations.Invitation[]>(tenant, (tx) =>
        invitations.listPending(tx, tenant.tenantId),
      );
      assert.deepEqual(pending.map(({ email }) => email).sort(), ['a@example.com', 'b@example.com']);
      assert.deepEqual(await actionsOf(tenant), ['invitation.created', 'invitation.created']);
    });

    it('end once, lose their link, and make room for the next', async () => {
      const tenant = await plantTenant(database.db);
      const id = newId('invitation');
      await invite(tenant, 'c@example.com', id);
      await inTenant(tenant, (tx) => invitations.setToken(tx, tenant.tenantId, id, 'hash-c'));
      const found = await database.db.inScope(scope('platform'), (tx) =>
        invitations.findByToken(tx, 'hash-c'),
      );
      assert.deepEqual([found?.id, found?.tenantId, found?.status], [id, tenant.tenantId, 'pending']);
      assert.ok(!('tokenHash' in (found ?? {})), 'the hash stays where it is');
      const end = () =>
        inTenant<boolean>(tenant, (tx) => invitations.end(tx, tenant.tenantId, id, 'revoked'));
      assert.deepEqual([await end(), await end()], [true, false]);
      assert.equal(
        await database.db.inScope(scope('platform'), (tx) => invitations.findByToken(tx, 'hash-c')),
        null,
      );
      await invite(tenant, 'c@example.com');
      assert.deepEqual(await actionsOf(tenant), [
        'invitation.created',
        'invitation.revoked',
        'invitation.created',
      ]);
    });

    it('are not seen by another tenant, neither by id nor by link', async () => {
      const [one, two] = [await plantTenant(database.db), await plantTenant(database.db)];
      const id = newId('invitation');
      await invite(one, 'd@example.com', id);
      await inTenant(one, (tx) => invitations.setToken(tx, one.tenantId, id, 'hash-d'));
      assert.equal(await inTenant(two, (tx) => invitations.find(tx, one.tenantId, id)), null);
      assert.equal(await inTenant(two, (tx) => invitations.findByToken(tx, 'hash-d')), null);
      assert.equal(await inTenant(two, (tx) => invitations.end(tx, one.tenantId, id, 'revoked')), false);
    });
  });

  describe('[ONB-6] mails', () => {
    const claim = (tenant: PlantedTenant, key: string) => {
      const id = newId('mail');
      const mail = {
        id,
        tenantId: tenant.tenantId,
        key,
        template: 'welcome',
        userId: tenant.userId,
        messageId: `<${id}@x>`,
      };
      return inTenant<mails.MailRow>(tenant, (tx) => mails.claim(tx, mail));
    };

    it('are one for one act, with one Message-ID, however often and however many at once ask', async () => {
      const tenant = await plantTenant(database.db);
      const claims = await Promise.all(Array.from({ length: 8 }, () => claim(tenant, 'act-1')));
      assert.equal(new Set(claims.map(({ messageId }) => messageId)).size, 1);
      assert.deepEqual(await claim(tenant, 'act-1'), claims[0]);
      assert.notEqual((await claim(tenant, 'act-2')).id, claims[0]?.id);
      assert.notEqual((await claim(await plantTenant(database.db), 'act-1')).id, claims[0]?.id);
    });

    it('end once: sent or refused, with one event', async () => {
      const tenant = await plantTenant(database.db);
      const end = (id: string, status: 'sent' | 'refused') =>
        inTenant(tenant, (tx) => mails.end(tx, tenant.tenantId, id, { status, template: 'welcome' }));
      const [sent, refused] = [await claim(tenant, 'a'), await claim(tenant, 'b')];
      await end(sent.id, 'sent');
      await end(sent.id, 'sent');
      await end(sent.id, 'refused');
      await end(refused.id, 'refused');
      assert.equal((await claim(tenant, 'a')).status, 'sent');
      assert.equal((await claim(tenant, 'b')).status, 'refused');
      assert.deepEqual(await actionsOf(tenant), ['mail.sent', 'mail.refused']);
    });
  });

  describe('[ONB-1] links by mail', () => {
    const plant = async (tokenHash: string, expiresAt = inAnHour()): Promise<PlantedTenant> => {
      const tenant = await plantTenant(database.db);
      const token = { tenantId: tenant.tenantId, userId: tenant.userId, tokenHash, expiresAt };
      await inTenant(tenant, (tx) => tokens.insert(tx, token));
      return tenant;
    };
    const consume = (tokenHash: string) =>
      database.db.inScope(scope('platform'), (tx) => tokens.consume(tx, tokenHash));

    it('work once', async () => {
      const { tenantId, userId } = await plant('once');
      assert.deepEqual(await consume('once'), { tenantId, userId });
      await assert.rejects(consume('once'), { code: 'token.invalid' });
    });

    it('work once even when opened in many places at the same moment', async () => {
      await plant('race');
      const settled = await Promise.allSettled(Array.from({ length: 8 }, () => consume('race')));
      assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 1);
    });

    it('end by the clock of the database, and unknown ones get the same answer', async () => {
      await plant('late', new Date(Date.now() - 1_000));
      await assert.rejects(consume('late'), { code: 'token.invalid' });
      await assert.rejects(consume('unknown'), { code: 'token.invalid' });
    });

    it('stay unused when what they were for fails', async () => {
      await plant('again');
      const failing = database.db.inScope(scope('platform'), async (tx) => {
        await tokens.consume(tx, 'again');
        throw new Error('planned');
      });
      await assert.rejects(failing, /planned/);
      assert.ok(await consume('again'));
    });

    it('of another tenant cannot be used from inside a tenant', async () => {
      await plant('theirs');
      const other = await plantTenant(database.db);
      await assert.rejects(
        inTenant(other, (tx) => tokens.consume(tx, 'theirs')),
        { code: 'token.invalid' },
      );
      assert.ok(await consume('theirs'));
    });
  });
});
