import assert from 'node:assert/strict';
import { argumentsHash } from '../../../db/domain/approvals/approval.ts';
import * as approvals from '../../../db/repos/approvals/approvals.ts';
import { decideApproval } from '../../../db/repos/approvals/decisions.ts';
import { listServers } from '../../../db/repos/integrations/servers.ts';
import { type Caller, type Platform, startPlatform } from '../../support/api.ts';
import { scope } from '../../support/database.ts';

describe('[WF-1] [MCP-G] what a page tells of other pages', function () {
  this.timeout(60_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  /** The number beside an entry of the navigation; null where there is none. */
  async function countAt(who: Caller, page: string, href: string): Promise<number | null> {
    const { text } = await who.call('GET', page);
    const entry = new RegExp(`<a href="${href}"[^>]*>.*?</a>`).exec(text)?.[0];
    assert.ok(entry, `${href} is not in the navigation of ${page}`);
    const count = /bz-nav-count">(\d+)<span class="visually-hidden"> waiting</.exec(entry)?.[1];
    return count === undefined ? null : Number(count);
  }

  async function ask(tenantId: string, amount: number): Promise<string> {
    const args = { amount };
    const asked = { server: 'stripe', tool: 'stripe_create_refund', summary: args, risk: 'money' as const };
    const hash = await argumentsHash(args);
    const { id } = await platform.world.database.db.inScope(scope({ tenantId }), (tx) =>
      approvals.requestApproval(tx, { ...asked, argumentsHash: hash }),
    );
    return id;
  }

  it('counts the decisions that wait, for those who may decide, at their own tenant', async () => {
    const [owner, other, admin] = [
      await platform.business(),
      await platform.business(),
      await platform.admin(),
    ];
    const before = (await countAt(admin, '/admin', '/admin/approvals')) ?? 0;
    assert.equal(await countAt(owner, '/app', '/app/approvals'), null);
    const id = await ask(owner.tenantId, 1);
    await ask(owner.tenantId, 2);
    assert.equal(await countAt(owner, '/app/team', '/app/approvals'), 2);
    assert.equal(await countAt(other, '/app', '/app/approvals'), null);
    assert.equal(await countAt(admin, '/admin', '/admin/approvals'), before + 2);
    const member = await platform.colleague(owner.tenantId, 'member');
    assert.equal(await countAt(member, '/app', '/app/approvals'), null, 'for others to decide');
    // Decided, and out of time: neither waits any more.
    await platform.world.database.db.inScope(scope({ tenantId: owner.tenantId }, owner.userId), (tx) =>
      decideApproval(tx, { id, decision: 'declined', reason: 'No.' }),
    );
    assert.equal(await countAt(owner, '/app', '/app/approvals'), 1);
    await platform.world.database.owner(
      `update approvals set expires_at = now() where tenant_id = $1 and status = 'pending'`,
      [owner.tenantId],
    );
    assert.equal(await countAt(owner, '/app', '/app/approvals'), null);
  });

  it('counts the servers whose tools need a review', async () => {
    const admin = await platform.admin();
    assert.equal(await countAt(admin, '/admin', '/admin/integrations'), null);
    const [first] = (
      await platform.world.database.db.inScope(scope('platform'), (tx) => listServers(tx, { limit: 1 }))
    ).items;
    await platform.world.database.owner(`update mcp_tools set state = 'quarantined' where server = $1`, [
      first?.name,
    ]);
    assert.equal(await countAt(admin, '/admin', '/admin/integrations'), 1);
  });

  it('marks the bell when something has ended that took a while, until it was looked at', async () => {
    const owner = await platform.business();
    const isMarked = async () => (await owner.call('GET', '/app')).text.includes('a task has ended');
    const runEnds = (seconds: number, id: string) =>
      platform.world.database.owner(
        `insert into runs (tenant_id, run_id, workflow_id, process, subject, actor_id, state, needs_attention, attempts,
                           started_at, closed_at, changed_at)
         values ($1, $2, $2, 'send-invite', 'x', $3, 'done', false, 1, now() - cast($4 as interval), now(), now())`,
        [owner.tenantId, id, owner.userId, `${seconds} seconds`],
      );
    await owner.call('GET', '/activity');
    assert.equal(await isMarked(), false);
    await runEnds(1, 'quick');
    assert.equal(await isMarked(), false);
    await runEnds(60, 'long');
    assert.equal(await isMarked(), true);
    assert.ok(!(await owner.call('GET', '/activity')).text.includes('a task has ended'));
    assert.equal(await isMarked(), false);
    const other = await platform.business();
    assert.ok(!(await other.call('GET', '/app')).text.includes('a task has ended'));
  });
});
