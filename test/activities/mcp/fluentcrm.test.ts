import assert from 'node:assert/strict';
import { findServer } from '../../../activities/mcp/catalog.ts';
import type { ToolClient } from '../../support/tool-client.ts';
import { toolClient } from '../../support/tool-client.ts';
import type { TestSite } from '../../support/wordpress.ts';
import { testWordPress } from '../../support/wordpress.ts';

describe('[MCP-13] fluentcrm-mcp on a real WordPress', () => {
  let site: TestSite;
  let crm: ToolClient;
  const used = new Set<string>();
  const done = (tool: string, args?: Record<string, unknown>) => {
    used.add(`fluentcrm_${tool}`);
    return crm.done(`fluentcrm_${tool}`, args);
  };
  const refused = async (tool: string, args: Record<string, unknown>) => {
    const { error } = await crm.call(`fluentcrm_${tool}`, args);
    assert.ok(error, `${tool} was not refused`);
    return error;
  };
  const emails = async (args: Record<string, unknown>) =>
    (await done('list_contacts', args)).items.map((one: { email: string }) => one.email).sort();

  before(async function () {
    this.timeout(180_000);
    site = await testWordPress('fluentcrm-double');
    const { url, user, applicationPassword } = site;
    crm = await toolClient('fluentcrm', { siteUrl: url, user, applicationPassword });
  });
  after(async () => {
    await crm?.close();
    await site?.stop();
  });

  it('adds a contact, and changes it under the same address', async () => {
    const news = await done('create_label', { kind: 'list', title: 'News' });
    const ada = { email: 'ada@example.com', status: 'subscribed', first_name: 'Ada', list_ids: [news.id] };
    const first = await done('save_contact', ada);
    assert.deepEqual([first.created, first.lists[0].title], [true, 'News']);
    const second = await done('save_contact', { ...ada, last_name: 'Lovelace', country: 'GB' });
    assert.deepEqual([second.created, second.id, second.first_name], [false, first.id, 'Ada']);
    const { contact } = await done('get_contact', { email: 'ADA@example.com' });
    assert.deepEqual([contact.id, contact.last_name, contact.status], [first.id, 'Lovelace', 'subscribed']);
    assert.equal((await done('get_contact', { email: 'unknown@example.com' })).contact, null);
  });

  it('keeps unsubscribed contacts unsubscribed unless consent is given', async () => {
    const email = 'left@example.com';
    await done('save_contact', { email, status: 'unsubscribed' });
    const kept = await done('save_contact', { email, status: 'subscribed', first_name: 'Left' });
    assert.deepEqual([kept.status, kept.first_name], ['unsubscribed', 'Left']);
    const back = await done('save_contact', { email, status: 'subscribed', resubscribe: true });
    assert.equal(back.status, 'subscribed');
    await done('save_contact', { email, status: 'unsubscribed' });
  });

  it('keeps a tag once under its title', async () => {
    const first = await done('create_label', { kind: 'tag', title: 'Asked & called', description: 'May' });
    const again = await done('create_label', { kind: 'tag', title: 'asked & called ' });
    assert.equal(again.id, first.id);
    const { items } = await done('list_labels', { kind: 'tag', words: 'asked' });
    assert.deepEqual(
      items.map((tag: { title: string; contacts: number }) => [tag.title, tag.contacts]),
      [['Asked & called', 0]],
    );
  });

  it('gives and takes tags of many, and finds them by tag, list and status', async () => {
    const tag = await done('create_label', { kind: 'tag', title: 'VIP' });
    const people = ['p1', 'p2', 'p3'].map((name) => `${name}@example.com`);
    const contact_ids: number[] = [];
    for (const email of people) {
      contact_ids.push((await done('save_contact', { email, status: 'subscribed' })).id);
    }
    const labels = { contact_ids, kind: 'tag', label_ids: [tag.id] };
    assert.equal((await done('label_contacts', labels)).contacts, 3);
    assert.deepEqual(await emails({ tag_ids: [tag.id] }), people);
    await done('label_contacts', { ...labels, contact_ids: contact_ids.slice(1), action: 'remove' });
    assert.deepEqual(await emails({ tag_ids: [tag.id] }), people.slice(0, 1));
    assert.deepEqual(await emails({ statuses: ['unsubscribed'] }), ['left@example.com']);
    assert.deepEqual(await emails({ words: 'lovelace' }), ['ada@example.com']);
  });

  it('turns the pages of a list to its end', async () => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await done('list_contacts', { limit: 2, ...(cursor && { cursor }) });
      found.push(...page.items.map((one: { email: string }) => one.email));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    assert.equal(found.length, 5);
    assert.equal(new Set(found).size, 5);
  });

  it('keeps a note once', async () => {
    const { id } = (await done('get_contact', { email: 'ada@example.com' })).contact;
    const note = { contact_id: id, title: 'Called', text: 'Wants <20> cakes & tea', type: 'call' };
    const first = await done('add_note', note);
    assert.deepEqual(await done('add_note', note), first);
    const other = await done('add_note', { ...note, text: 'Wants 30 cakes' });
    assert.notEqual(other.id, first.id);
    assert.equal((await refused('add_note', { ...note, contact_id: 99_999 })).kind, 'not-found');
  });

  it('drafts a campaign, schedules it once, and tells how it went', async () => {
    const [list] = (await done('list_labels', { kind: 'list' })).items;
    const spring = { title: 'Spring', subject: 'Hello', html: '<p>##crm.unsubscribe_url##</p>' };
    assert.deepEqual(Object.keys((await refused('save_campaign', spring)).fields), ['list_ids']);
    const draft = await done('save_campaign', { ...spring, list_ids: [list.id] });
    assert.deepEqual([draft.status, draft.recipients], ['draft', 1]);
    const again = await done('save_campaign', { ...spring, subject: 'Hello again', list_ids: [list.id] });
    assert.deepEqual([again.id, again.subject], [draft.id, 'Hello again']);
    const moment = { campaign_id: draft.id, send_at_local: '2030-03-15T09:00:00' };
    const sent = await done('schedule_campaign', moment);
    assert.deepEqual([sent.status, sent.send_at_local], ['pending-scheduled', '2030-03-15T09:00:00']);
    assert.deepEqual(await done('schedule_campaign', moment), sent);
    const late = await refused('save_campaign', { ...spring, list_ids: [list.id] });
    assert.deepEqual(Object.keys(late.fields), ['title']);
    const { items } = await done('list_campaigns', { statuses: ['pending-scheduled'] });
    assert.deepEqual(
      items.map((one: { id: number }) => one.id),
      [draft.id],
    );
    assert.deepEqual(await done('get_campaign_stats', { campaign_id: draft.id }), {
      sent: 0,
      by_status: [],
      opened: 0,
      clicked: 0,
    });
  });

  it('sends a campaign at once', async () => {
    const [list] = (await done('list_labels', { kind: 'list' })).items;
    const draft = await done('save_campaign', { title: 'Now', subject: 'S', html: 'x', list_ids: [list.id] });
    assert.equal((await done('schedule_campaign', { campaign_id: draft.id })).status, 'processing');
    const stats = await done('get_campaign_stats', { campaign_id: draft.id });
    assert.deepEqual([stats.sent, stats.by_status], [1, [{ status: 'sent', mails: 1 }]]);
  });

  it('lists automations', async () => {
    const { items } = await done('list_automations', { words: 'welcome' });
    assert.deepEqual(
      items.map((one: { title: string; active: boolean }) => [one.title, one.active]),
      [['Welcome new customers', true]],
    );
  });

  it('names the field that the site refuses', async () => {
    const error = await refused('label_contacts', { contact_ids: [], kind: 'tag', label_ids: [1] });
    assert.equal(error.length, 1, 'our own schema says no first');
    const unknownList = await refused('save_campaign', {
      title: 'None',
      subject: 'S',
      html: 'x',
      list_ids: [999],
    });
    assert.deepEqual([unknownList.kind, unknownList.http], ['invalid', 422]);
  });

  it('says that FluentCRM is not there where it is not', async () => {
    await site.ask('POST', '/wp/v2/plugins/fluentcrm-double/fluentcrm-double', { status: 'inactive' });
    const error = await refused('list_automations', {});
    assert.deepEqual([error.kind, error.code], ['refused', 'no_fluentcrm']);
  });

  it('reads what its automations post, as JSON and as a form, and refuses the rest', async () => {
    const receive = async (text: string) =>
      findServer('fluentcrm')?.webhook?.receive(
        { method: 'POST', url: 'https://example.com/hook', headers: {}, raw: Buffer.from(text) },
        '',
        Date.now(),
      );
    const json = await receive(JSON.stringify({ id: 7, email: 'ada@example.com' }));
    const form = await receive('id=7&email=ada%40example.com');
    for (const received of [json, form]) {
      assert.equal(received?.verdict, 'event');
      const { type, payload } = received as { type: string; payload: { email: string } };
      assert.deepEqual([type, payload.email], ['contact', 'ada@example.com']);
    }
    assert.equal((await receive('{"hello": 1}'))?.verdict, 'refused');
  });

  it('has no tool that was not tried here', () => {
    assert.deepEqual(
      [...used].sort(),
      findServer('fluentcrm')
        ?.tools.map(({ name }) => name)
        .sort(),
    );
  });
});
