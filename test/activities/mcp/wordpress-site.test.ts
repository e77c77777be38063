import assert from 'node:assert/strict';
import type { TestSite } from '../../support/wordpress.ts';
import { basicAuth, testWordPress } from '../../support/wordpress.ts';

/** The smallest picture there is: one transparent point as PNG. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

describe('a real WordPress', () => {
  let site: TestSite;
  before(async function () {
    this.timeout(180_000);
    site = await testWordPress('fluentcrm-double');
  });
  after(() => site?.stop());

  it('is WordPress, and says so itself', async () => {
    const { status, body } = await site.ask('GET', '/');
    assert.equal(status, 200);
    assert.ok(body.namespaces.includes('wp/v2') && body.namespaces.includes('wp-abilities/v1'));
    const info = await site.ask('GET', '/wp-abilities/v1/abilities/core/get-environment-info/run');
    assert.equal(info.status, 200);
    assert.equal(info.body.environment, 'local');
  });

  it('shows its front page and its administration to a browser', async () => {
    const front = await fetch(site.url);
    assert.equal(front.status, 200);
    assert.match(await front.text(), /<html[^>]*lang="en-US"/);
    const login = await fetch(`${site.url}/wp-admin`, { redirect: 'manual' });
    assert.equal(login.status, 301);
    assert.equal((await fetch(`${site.url}/wp-admin/`)).url.startsWith(`${site.url}/wp-login.php`), true);
  });

  it('keeps what lies beside the site to itself', async () => {
    for (const path of ['/../settings.json', '/..%2fsettings.json', '/..%2fdatabase%2fwordpress.sqlite']) {
      assert.equal((await fetch(`${site.url}${path}`)).status, 404, path);
    }
    assert.equal(await (await fetch(`${site.url}/wp-config.php`)).text(), '');
  });

  it('creates, changes, lists and removes a page', async () => {
    const created = await site.ask('POST', '/wp/v2/pages', {
      title: 'Opening hours',
      content: '<p>Daily</p>',
      status: 'draft',
    });
    assert.equal(created.status, 201);
    const { id } = created.body;
    const changed = await site.ask('POST', `/wp/v2/pages/${id}`, { status: 'publish', slug: 'hours' });
    assert.equal(changed.body.link, `${site.url}/hours/`);
    assert.match(await (await fetch(`${site.url}/hours/`)).text(), /<p>Daily<\/p>/);
    const listed = await site.ask('GET', '/wp/v2/pages?search=Opening');
    assert.deepEqual(
      listed.body.map((page: { id: number }) => page.id),
      [id],
    );
    assert.equal((await site.ask('DELETE', `/wp/v2/pages/${id}?force=true`)).status, 200);
    const gone = await site.ask('GET', `/wp/v2/pages/${id}`);
    assert.equal(gone.status, 404);
    assert.equal(gone.body.code, 'rest_post_invalid_id');
  });

  it('takes a picture and serves it', async () => {
    const { status, body } = await site.ask('POST', '/wp/v2/media', png, {
      'content-type': 'image/png',
      'content-disposition': 'attachment; filename=dot.png',
    });
    assert.equal(status, 201, JSON.stringify(body));
    const served = await fetch(body.source_url);
    assert.equal(served.headers.get('content-type'), 'image/png');
    assert.deepEqual(Buffer.from(await served.arrayBuffer()), png);
  });

  it('changes its settings, and names a value it does not know', async () => {
    const { body } = await site.ask('POST', '/wp/v2/settings', {
      title: 'Bakery',
      timezone: 'Europe/Madrid',
    });
    assert.deepEqual([body.title, body.timezone], ['Bakery', 'Europe/Madrid']);
    const wrong = await site.ask('POST', '/wp/v2/settings', { posts_per_page: 'many' });
    assert.equal(wrong.status, 400);
    assert.equal(wrong.body.code, 'rest_invalid_param');
    assert.ok('posts_per_page' in wrong.body.data.params);
  });

  it('lists its plugins', async () => {
    const { body } = await site.ask('GET', '/wp/v2/plugins');
    const states = Object.fromEntries(
      body.map(({ plugin, status }: { plugin: string; status: string }) => [plugin.split('/')[0], status]),
    );
    assert.deepEqual(states, {
      akismet: 'inactive',
      'fluentcrm-double': 'active',
      'sqlite-database-integration': 'inactive',
    });
  });

  it('refuses a wrong password, an unknown user and missing credentials', async () => {
    const headersOf = [basicAuth(site.user, 'wrong'), basicAuth('unknown', site.applicationPassword), {}];
    for (const headers of headersOf) {
      const me = await fetch(`${site.url}/wp-json/wp/v2/users/me`, { headers });
      assert.equal(me.status, 401);
    }
    const crm = await fetch(`${site.url}/wp-json/fluent-crm/v2/tags`);
    assert.equal(crm.status, 401);
  });

  it('tells in its headers how much there is, and where the next page is', async () => {
    const titles = ['one', 'two', 'three', 'four', 'five'];
    for (const title of titles) await site.ask('POST', '/wp/v2/posts', { title, status: 'draft' });
    const { headers, body } = await site.ask('GET', '/wp/v2/posts?status=draft&per_page=2&page=2');
    assert.equal(headers.get('x-wp-total'), '5');
    assert.equal(headers.get('x-wp-totalpages'), '3');
    assert.match(headers.get('link') ?? '', /page=3[^>]*>; rel="next"/);
    assert.equal(body.length, 2);
    const beyond = await site.ask('GET', '/wp/v2/posts?status=draft&per_page=2&page=4');
    assert.equal(beyond.body.code, 'rest_post_invalid_page_number');
  });

  it('keeps every one of many posts sent at once', async () => {
    const titles = Array.from({ length: 12 }, (_, index) => `at once ${index}`);
    const answers = await Promise.all(
      titles.map((title) => site.ask('POST', '/wp/v2/posts', { title, status: 'draft' })),
    );
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
    const { body } = await site.ask('GET', '/wp/v2/posts?status=draft&search=at+once&per_page=100');
    const kept = body.map((post: { title: { raw?: string; rendered: string } }) => post.title.rendered);
    assert.deepEqual(kept.sort(), titles.sort());
  });

  it('can call itself', async () => {
    const { status, body } = await site.ask('GET', '/wp-site-health/v1/tests/loopback-requests');
    assert.equal(status, 200);
    assert.equal(body.status, 'good');
  });
});

describe('the FluentCRM double on a real WordPress', () => {
  let site: TestSite;
  const crm = (method: string, path: string, body?: unknown) =>
    site.ask(method, `/fluent-crm/v2${path}`, body);
  before(async function () {
    this.timeout(180_000);
    site = await testWordPress('fluentcrm-double');
  });
  after(() => site?.stop());

  it('creates a contact once, and changes it only when told to', async () => {
    const contact = { email: 'Ada@example.com', status: 'subscribed', first_name: 'Ada' };
    const created = await crm('POST', '/subscribers', contact);
    assert.equal(created.status, 200);
    assert.equal(created.body.action_type, 'created');
    const again = await crm('POST', '/subscribers', contact);
    assert.equal(again.status, 422);
    assert.deepEqual(Object.keys(again.body.errors), ['email']);
    const forced = await crm('POST', '/subscribers', { ...contact, last_name: 'L.', __force_update: 'yes' });
    assert.equal(forced.body.action_type, 'updated');
    assert.equal(forced.body.contact.id, created.body.contact.id);
    const byEmail = await crm('GET', '/subscribers/0?get_by_email=ada@example.com');
    assert.equal(byEmail.body.subscriber.full_name, 'Ada L.');
    assert.equal((await crm('GET', '/subscribers/999999')).status, 404);
  });

  it('refuses a contact without what it needs, field by field', async () => {
    const { status, body } = await crm('POST', '/subscribers', { email: 'no address' });
    assert.equal(status, 422);
    assert.deepEqual(body.errors, {
      email: ['The email must be a valid email address.'],
      status: ['The status field is required.'],
    });
  });

  it('keeps one of two contacts with the same address sent at once', async () => {
    const contact = { email: 'twice@example.com', status: 'pending' };
    const answers = await Promise.all([1, 2, 3].map(() => crm('POST', '/subscribers', contact)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422, 422]);
  });

  it('tags in bulk, filters by tag and counts', async () => {
    const tag = (await crm('POST', '/tags', { title: 'VIP Customer' })).body.item;
    assert.equal(tag.slug, 'vip-customer');
    assert.equal((await crm('POST', '/tags', { title: 'VIP Customer' })).status, 422);
    const people = ['p1', 'p2'].map((name) => ({ email: `${name}@example.com`, status: 'subscribed' }));
    const ids = await Promise.all(
      people.map(async (p) => (await crm('POST', '/subscribers', p)).body.contact.id),
    );
    const action = { subscriber_ids: ids, action_options: [tag.id] };
    const done = await crm('POST', '/subscribers/do-bulk-action', { action_name: 'add_to_tags', ...action });
    assert.equal(done.body.completed_contacts, 2);
    const tagged = await crm('GET', `/subscribers?tags[]=${tag.id}`);
    assert.deepEqual(tagged.body.subscribers.data.map((c: { id: number }) => c.id).sort(), ids.sort());
    assert.equal((await crm('GET', '/tags')).body.tags.data[0].subscribersCount, 2);
    await crm('POST', '/subscribers/do-bulk-action', { action_name: 'remove_from_tags', ...action });
    assert.equal((await crm('GET', `/subscribers?tags[]=${tag.id}`)).body.subscribers.total, 0);
  });

  it('pages the way Laravel does', async () => {
    const sizes = [];
    for (let page = 1, last = 1; page <= last; page += 1) {
      const { subscribers } = (await crm('GET', `/subscribers?per_page=2&page=${page}`)).body;
      last = subscribers.last_page;
      sizes.push(subscribers.data.length);
      assert.equal(subscribers.current_page, page);
      assert.equal(subscribers.next_page_url === null, page === last);
    }
    assert.deepEqual(sizes, [2, 2]);
  });

  it('attaches tags and lists while changing a contact, and takes notes and events', async () => {
    const list = (await crm('POST', '/lists', { title: 'News' })).body.item;
    const { contact } = (await crm('POST', '/subscribers', { email: 'n@example.com', status: 'subscribed' }))
      .body;
    const changed = await crm('PUT', `/subscribers/${contact.id}`, {
      subscriber: { city: 'Bilbao', attach_lists: [list.id] },
    });
    assert.deepEqual([changed.body.contact.city, changed.body.contact.lists[0].title], ['Bilbao', 'News']);
    const note = { title: 'Call', description: '<p>Asked</p>', type: 'call' };
    assert.equal((await crm('POST', `/subscribers/${contact.id}/notes`, { note })).body.note.title, 'Call');
    assert.equal((await crm('GET', `/subscribers/${contact.id}/notes`)).body.notes.total, 1);
    const event = { event_key: 'visit', title: 'Visit', email: contact.email, repeatable: false };
    const [first, second] = [
      await crm('POST', '/subscribers/track-event', event),
      await crm('POST', '/subscribers/track-event', event),
    ];
    assert.equal(first.body.id, second.body.id);
  });

  it('schedules a campaign once', async () => {
    const list = (await crm('GET', '/lists')).body.lists.data[0];
    const { id } = (await crm('POST', '/campaigns', { title: 'Spring' })).body;
    const written = await crm('PUT', `/campaigns/${id}`, { title: 'Spring', email_subject: 'Hello' });
    assert.equal(written.body.campaign.email_subject, 'Hello');
    const unknownList = await crm('POST', `/campaigns/${id}/draft-recipients`, {
      subscribers: { lists: [999] },
    });
    assert.equal(unknownList.status, 422);
    const chosen = await crm('POST', `/campaigns/${id}/draft-recipients`, {
      subscribers: { lists: [list.id] },
    });
    assert.equal(chosen.body.count, 1);
    const at = { scheduled_at: '2030-03-15 09:00:00' };
    assert.equal(
      (await crm('POST', `/campaigns/${id}/schedule`, at)).body.campaign.status,
      'pending-scheduled',
    );
    assert.equal((await crm('POST', `/campaigns/${id}/schedule`, at)).status, 423);
    assert.equal((await crm('GET', `/campaigns/${id}/overview_stats`)).body.sent_count, 0);
    assert.equal((await crm('GET', '/campaigns?statuses[]=draft')).body.campaigns.total, 0);
    assert.equal((await crm('GET', '/funnels')).body.funnels.total, 2);
  });
});
