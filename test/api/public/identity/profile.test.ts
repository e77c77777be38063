import assert from 'node:assert/strict';
import sharp from 'sharp';
import { type Caller, type Platform, startPlatform } from '../../../support/api.ts';
import { eventually } from '../../../support/world.ts';

const given = {
  name: 'Olga Owner',
  phone: '+34 600 123 456',
  jobTitle: 'Head baker',
  timezone: 'America/New_York',
  language: 'de',
};

describe('[USR-4] the profile', function () {
  this.timeout(60_000);
  let platform: Platform;
  before(async () => {
    platform = await startPlatform();
  });
  after(() => platform.stop());

  const sql = (text: string, params: unknown[] = []) => platform.world.database.owner<any>(text, params);

  /** Sends a picture as a browser without scripts does. */
  async function upload(
    caller: Caller,
    content: Buffer,
    fields: Record<string, string> = {},
    type = 'image/png',
  ): Promise<Response> {
    const form = new FormData();
    form.set('_csrf', caller.cookies.get('bizosaas.csrf') ?? '');
    form.set('picture', new Blob([new Uint8Array(content)], { type }), 'me.png');
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return fetch(`${platform.url}/account/profile/picture`, {
      method: 'POST',
      redirect: 'manual',
      body: form,
      headers: { cookie: [...caller.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
  }

  it('is changed by its person, refuses what makes no sense, and tells no values in the audit log', async () => {
    const owner = await platform.business();
    const changed = await owner.call('PUT', '/api/session/profile', given);
    assert.equal(changed.status, 200, changed.text);
    assert.deepEqual((({ email: _e, picture: _p, notices: _n, ...rest }) => rest)(changed.body), given);
    const wrong = await owner.form('/account/profile', { ...given, phone: 'call me', timezone: 'Moon/Sea' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Enter a phone number/);
    assert.match(wrong.text, /value="call me"/);
    await owner.form('/account/profile', { ...given, phone: '' });
    assert.equal((await owner.call('GET', '/api/session/profile')).body.phone, null);
    const events = await sql(
      `select body::text from events where action = 'profile.changed' and actor_id = $1`,
      [owner.userId],
    );
    assert.equal(events.length, 2);
    assert.ok(!JSON.stringify(events).includes('600 123'));
  });

  it('takes effect: pages are written in the timezone and language, mails too', async () => {
    const owner = await platform.business();
    await owner.call('PUT', '/api/session/profile', given);
    const page = await owner.call('GET', '/account/security');
    assert.match(page.text, /title="[^"]*(?:EST|EDT|GMT-[45])/);
    await owner.call('POST', '/api/session/password', {
      currentPassword: 'a sturdy otter sings 77',
      password: 'eleven brisk herons wade 42',
    });
    const mails = await eventually(
      () => platform.world.mails(owner.email),
      (found) => found.some(({ subject }) => subject === 'Ihr Passwort wurde geändert'),
    );
    const mail = mails.find(({ subject }) => subject === 'Ihr Passwort wurde geändert');
    assert.match(mail?.text ?? '', /America\/New_York/);
  });

  it('mutes the kinds of email that can be muted, notes it, and never those about the account', async () => {
    const owner = await platform.business();
    const muted = await owner.call('PUT', '/api/session/notices', { mail: ['invoice'] });
    assert.deepEqual(muted.body.notices, { mail: ['invoice'] });
    const refused = await owner.call('PUT', '/api/session/notices', { mail: ['security-notice'] });
    assert.equal(refused.status, 422);
    assert.match((await owner.call('GET', '/account/profile')).text, /always come/);
    const reminder = await platform.admin();
    await eventually(
      () =>
        sql(`select run_id, workflow_id from runs where tenant_id = $1 and process = 'onboard-tenant'`, [
          owner.tenantId,
        ]),
      (found) => found.length === 1,
    );
    const reminded = await reminder.call('POST', `/api/admin/tenants/${owner.tenantId}/onboarding/remind`, {
      reason: 'Asked for on the phone',
    });
    assert.ok(reminded.status < 300, reminded.text);
    const rows = await eventually(
      () =>
        sql(`select status from mails where tenant_id = $1 and template = 'onboarding-reminder'`, [
          owner.tenantId,
        ]),
      (found) => found.some(({ status }) => status !== 'sending'),
    );
    assert.deepEqual(rows, [{ status: 'muted' }]);
    const events = await sql(`select 1 from events where tenant_id = $1 and action = 'mail.muted'`, [
      owner.tenantId,
    ]);
    assert.equal(events.length, 1);
    const subjects = (await platform.world.mails(owner.email)).map(({ subject }) => subject);
    assert.equal(subjects.length, 1, subjects.join());
  });

  it('re-encodes a picture to a square without what the camera wrote, and shows it to the team only', async () => {
    const [owner, stranger] = [await platform.business(), await platform.business()];
    const photo = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#cc0000' } })
      .withExif({ IFD0: { Copyright: 'Secret place' } })
      .jpeg()
      .toBuffer();
    assert.ok(photo.includes('Secret place'));
    const saved = await upload(owner, photo, {}, 'image/jpeg');
    assert.equal(saved.headers.get('location'), '/account/profile', await saved.text());
    const { picture } = (await owner.call('GET', '/api/session/profile')).body;
    const shown = await fetch(platform.url + picture, {
      headers: { cookie: [...owner.cookies].map((pair) => pair.join('=')).join('; ') },
    });
    assert.equal(shown.headers.get('content-type'), 'image/webp');
    assert.equal(shown.headers.get('x-content-type-options'), 'nosniff');
    const content = Buffer.from(await shown.arrayBuffer());
    const { format, width, height, exif } = await sharp(content).metadata();
    assert.deepEqual([format, width, height, exif], ['webp', 256, 256, undefined]);
    assert.ok(!content.includes('Secret place'));
    const colleague = await platform.colleague(owner.tenantId, 'member');
    assert.equal((await colleague.call('GET', picture)).status, 200);
    assert.match((await colleague.call('GET', '/app/team')).text, new RegExp(picture));
    assert.equal((await stranger.call('GET', picture)).status, 404);
    assert.equal((await platform.caller().call('GET', picture)).status, 303);
    await owner.call('POST', '/api/session/picture/remove', {});
    assert.equal((await owner.call('GET', picture)).status, 404);
  });

  it('cuts where the person chose, and from the middle without a choice', async () => {
    const owner = await platform.business();
    const half = (background: string) =>
      sharp({ create: { width: 300, height: 300, channels: 3, background } })
        .png()
        .toBuffer();
    const twoHalves = await sharp({ create: { width: 600, height: 300, channels: 3, background: '#00f' } })
      .composite([{ input: await half('#f00'), left: 0, top: 0 }])
      .png()
      .toBuffer();
    const cornerOf = async () => {
      const [row] = await sql(`select content from auth.pictures where user_id = $1`, [owner.userId]);
      const { data } = await sharp(row.content).raw().toBuffer({ resolveWithObject: true });
      return [data[0]! > 128, data[2]! > 128];
    };
    await upload(owner, twoHalves, { size: '1', x: '1', y: '0' });
    assert.deepEqual(await cornerOf(), [false, true], 'the right half is blue');
    await upload(owner, twoHalves);
    assert.deepEqual(await cornerOf(), [true, false], 'the middle begins in the red half');
  });

  it('refuses what is no picture by its content, what is too large, and what is sent without its token', async () => {
    const owner = await platform.business();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    for (const content of [svg, Buffer.from('GIF89a'), Buffer.from('%PDF-1.4'), Buffer.alloc(0)]) {
      const answer = await upload(owner, content);
      assert.equal(answer.status, 422);
      assert.match(await answer.text(), /Choose a JPEG, PNG or WebP picture/);
    }
    const large = await upload(owner, Buffer.alloc(6 * 1024 * 1024, 1));
    assert.equal(large.status, 422);
    assert.match(await large.text(), /at most 5 MB/);
    const square = sharp({ create: { width: 40, height: 40, channels: 3, background: '#0f0' } });
    const image = await square.png().toBuffer();
    const forged = await upload(owner, image, { _csrf: 'x' });
    assert.ok([403, 409, 422].includes(forged.status), String(forged.status));
    const wrongPlace = await upload(owner, image, { size: '9', x: '0', y: '0' });
    assert.equal(wrongPlace.status, 422);
    assert.equal((await sql(`select 1 from auth.pictures where user_id = $1`, [owner.userId])).length, 0);
  });
});
