import assert from 'node:assert/strict';
import { type Platform, startPlatform } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

describe('[WF-1] tasks a person started', function () {
  this.timeout(60_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  it('is found again by that person alone, with where it stands and where its result is', async () => {
    const [owner, stranger] = [await platform.business(), await platform.business()];
    const invited = await owner.call('POST', '/api/client/team/invitations', {
      name: 'Ines',
      email: 'ines.activity@example.com',
      role: 'member',
    });
    assert.equal(invited.status, 201);
    const { body } = await eventually(
      () => owner.call('GET', '/api/activity'),
      (answer) =>
        answer.body.items.some(
          ({ title, state }: { title: string; state: string }) =>
            title === 'Invitation' && state === 'waiting',
        ),
    );
    const invitation = body.items.find(({ title }: { title: string }) => title === 'Invitation');
    assert.equal(invitation.state, 'waiting');
    assert.equal(invitation.href, '/app/team');
    const others = await stranger.call('GET', '/api/activity');
    assert.ok(others.body.items.every(({ runId }: { runId: string }) => runId !== invitation.runId));
  });

  it('pages by cursor, and refuses what is no cursor', async () => {
    const owner = await platform.business();
    for (const email of ['a.activity@example.com', 'b.activity@example.com']) {
      await owner.call('POST', '/api/client/team/invitations', { name: 'Ines', email, role: 'member' });
    }
    await eventually(
      () => owner.call('GET', '/api/activity'),
      ({ body }) => body.items.length >= 2,
    );
    const first = await owner.call('GET', '/api/activity?limit=1');
    const second = await owner.call('GET', `/api/activity?limit=1&cursor=${first.body.nextCursor}`);
    assert.notEqual(second.body.items[0].runId, first.body.items[0].runId);
    const wrong = await owner.call('GET', '/api/activity?cursor=nonsense');
    assert.equal(wrong.status, 422);
  });
});
