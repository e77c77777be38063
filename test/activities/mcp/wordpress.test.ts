import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { findServer } from '../../../activities/mcp/catalog.ts';
import type { ToolClient } from '../../support/tool-client.ts';
import { toolClient } from '../../support/tool-client.ts';
import type { TestSite } from '../../support/wordpress.ts';
import { testWordPress } from '../../support/wordpress.ts';

describe('[MCP-09] wordpress-mcp on a real WordPress', () => {
  let site: TestSite;
  let wp: ToolClient;
  const used = new Set<string>();
  const credentialsOf = ({ url, user, applicationPassword }: TestSite) => ({
    siteUrl: url,
    user,
    applicationPassword,
  });
  const done = (tool: string, args?: Record<string, unknown>, key?: string) => {
    used.add(tool);
    return wp.done(tool, args, key);
  };
  const refused = async (tool: string, args: Record<string, unknown>) => {
    const { error } = await wp.call(tool, args);
    assert.ok(error, `${tool} was not refused`);
    return error;
  };
  const seenByAll = async (address: string) => (await fetch(address)).status;

  before(async function () {
    this.timeout(180_000);
    site = await testWordPress();
    wp = await toolClient('wordpress', credentialsOf(site));
  });
  after(async () => {
    await wp?.close();
    await site?.stop();
  });

  const hours = {
    kind: 'page',
    slug: 'hours',
    title: 'Hours & more',
    content: '<p>Daily “8–14”</p>',
    excerpt: 'When',
  };

  it('writes a private draft, and a repeated call adds no second one', async () => {
    const first = await done('wordpress_save_draft', hours);
    assert.deepEqual([first.status, first.slug, first.title], ['draft', 'hours', 'Hours & more']);
    const second = await done('wordpress_save_draft', { ...hours, content: '<p>Daily, again</p>' });
    assert.equal(second.id, first.id);
    assert.equal(await seenByAll(`${site.url}/hours/`), 404);
    const { content } = await done('wordpress_get_content', { kind: 'page', id: first.id });
    assert.equal(content, '<p>Daily, again</p>');
    const { items } = await done('wordpress_list_content', { kind: 'page', status: 'draft' });
    assert.equal(items.filter((item: { slug: string }) => item.slug === 'hours').length, 1);
  });

  it('publishes it, changes it in public, and refuses to turn it into a draft by the way', async () => {
    const { id } = await done('wordpress_save_draft', hours);
    const published = await done('wordpress_publish_content', { kind: 'page', id });
    assert.equal(published.url, `${site.url}/hours/`);
    assert.equal(await seenByAll(published.url), 200);
    await done('wordpress_publish_content', { kind: 'page', id, title: 'Summer hours' });
    assert.match(await (await fetch(published.url)).text(), /Summer hours/);
    const error = await refused('wordpress_save_draft', hours);
    assert.deepEqual([error.kind, Object.keys(error.fields)], ['invalid', ['slug']]);
    assert.equal(await seenByAll(published.url), 200);
  });

  it('makes it the front page, and names what WordPress would take without a word', async () => {
    const [{ id }] = (await done('wordpress_list_content', { kind: 'page', words: 'Summer' })).items;
    const after = await done('wordpress_update_settings', {
      title: 'Bäcker & Söhne',
      tagline: '',
      timezone: 'Europe/Madrid',
      front_page_id: id,
    });
    assert.deepEqual(after, await done('wordpress_get_site'));
    assert.deepEqual(
      [after.title, after.timezone, after.front_page_id, after.url],
      ['Bäcker & Söhne', 'Europe/Madrid', id, site.url],
    );
    assert.match(await (await fetch(site.url)).text(), /Summer hours/);
    const zone = await refused('wordpress_update_settings', { timezone: 'Europe/Nowhere' });
    assert.deepEqual(zone.fields, { timezone: 'WordPress does not know it.' });
    const draft = await done('wordpress_save_draft', { ...hours, slug: 'other' });
    const front = await refused('wordpress_update_settings', { front_page_id: draft.id });
    assert.deepEqual(front.fields, { front_page_id: 'Publish this page first.' });
    assert.equal((await refused('wordpress_update_settings', { front_page_id: 99_999 })).kind, 'not-found');
    assert.equal((await done('wordpress_update_settings', { front_page_id: null })).front_page_id, null);
  });

  it('takes it off the site, and finds the work done when asked again', async () => {
    const { id, slug } = await done('wordpress_save_draft', { ...hours, kind: 'post', slug: 'bye' });
    await done('wordpress_publish_content', { kind: 'post', id });
    assert.equal(await seenByAll(`${site.url}/${slug}/`), 200);
    for (let round = 0; round < 2; round += 1) {
      assert.equal((await done('wordpress_trash_content', { kind: 'post', id })).status, 'trash');
    }
    assert.equal(await seenByAll(`${site.url}/${slug}/`), 404);
    assert.equal((await refused('wordpress_trash_content', { kind: 'post', id: 99_999 })).kind, 'not-found');
  });

  it('uploads a picture once for each call, however often it is tried', async () => {
    const tool = findServer('wordpress')?.tools.find(({ name }) => name === 'wordpress_upload_media');
    const picture = (tool?.input.meta()?.examples as Record<string, unknown>[])[0] ?? {};
    const key = `t:ten_1:provision ${randomUUID()}`;
    const first = await done('wordpress_upload_media', picture, key);
    const again = await done('wordpress_upload_media', picture, key);
    const other = await done('wordpress_upload_media', picture);
    assert.deepEqual(again, first);
    assert.notEqual(other.id, first.id);
    const served = await fetch(first.url);
    assert.deepEqual(Buffer.from(await served.arrayBuffer()).toString('base64'), picture['content_base64']);
    const { body } = await site.ask('GET', `/wp/v2/media/${first.id}`);
    assert.equal(body.alt_text, picture['alt_text']);
  });

  it('refuses a file that is not what its name says', async () => {
    const script = { media_type: 'image/png', content_base64: Buffer.from('<?php').toString('base64') };
    const named = await refused('wordpress_upload_media', { ...script, file_name: 'shell.php' });
    assert.deepEqual(named.fields, { file_name: 'The name of such a file ends in .png.' });
    const error = await refused('wordpress_upload_media', { ...script, file_name: 'shell.png' });
    assert.deepEqual([error.kind, error.code], ['refused', 'rest_upload_sideload_error']);
  });

  it('turns the pages of a list to its end', async () => {
    for (const slug of ['p-1', 'p-2', 'p-3']) {
      await done('wordpress_save_draft', { ...hours, kind: 'post', slug, title: slug });
    }
    const slugs: string[] = [];
    let cursor: string | undefined;
    do {
      const asked = { kind: 'post', status: 'draft', limit: 2, ...(cursor && { cursor }) };
      const page = await done('wordpress_list_content', asked);
      assert.ok(page.items.length <= 2);
      slugs.push(...page.items.map((item: { slug: string }) => item.slug));
      cursor = page.next_cursor ?? undefined;
    } while (cursor);
    assert.deepEqual(slugs.sort(), ['p-1', 'p-2', 'p-3']);
  });

  it('switches a plugin on and off', async () => {
    const [akismet] = (await done('wordpress_list_plugins', { words: 'akismet' })).items;
    assert.equal(akismet.active, false);
    for (const active of [true, true, false]) {
      const after = await done('wordpress_switch_plugin', { plugin: akismet.plugin, active });
      assert.equal(after.active, active);
    }
    const error = await refused('wordpress_switch_plugin', { plugin: 'unknown/unknown', active: true });
    assert.deepEqual([error.kind, error.code], ['not-found', 'rest_plugin_not_found']);
    assert.equal((await refused('wordpress_switch_plugin', { plugin: '../x', active: true })).length, 1);
  });

  it('installs nothing twice, and says that the directory cannot be reached', async () => {
    const there = await done('wordpress_install_plugin', { short_name: 'akismet' });
    assert.equal(there.plugin, 'akismet/akismet');
    const error = await refused('wordpress_install_plugin', { short_name: 'contact-form-7' });
    assert.deepEqual(
      [error.kind, error.code, error.retryable],
      ['refused', 'plugins_api_failed', false],
      JSON.stringify(error),
    );
    assert.doesNotMatch(error.message, /[<&]/);
  });

  it('has WordPress check itself', async () => {
    const { checks } = await done('wordpress_check_health');
    const verdicts = Object.fromEntries(
      checks.map((one: { check: string; verdict: string }) => [one.check, one.verdict]),
    );
    assert.equal(verdicts['loopback-requests'], 'good');
    assert.equal(verdicts['https-status'], 'recommended');
    assert.equal(verdicts['dotorg-communication'], 'critical');
  });

  it('says what is wrong with a connection, and never repeats its password', async () => {
    const cases: [Record<string, string>, string, string][] = [
      [{ applicationPassword: 'aaaa bbbb cccc dddd eeee ffff' }, 'credentials', 'rest_forbidden'],
      [{ user: 'unknown' }, 'credentials', 'rest_forbidden'],
      [{ siteUrl: `${site.url}/no/site/here` }, 'invalid', 'no_rest_api'],
      [{ siteUrl: 'http://example.com' }, 'invalid', 'invalid_value'],
      [{ siteUrl: 'ftp://127.0.0.1' }, 'invalid', 'invalid_value'],
    ];
    for (const [change, kind, code] of cases) {
      const other = await toolClient('wordpress', { ...credentialsOf(site), ...change });
      const { error } = await other.call('wordpress_get_site');
      await other.close();
      assert.deepEqual([error.kind, error.code], [kind, code], JSON.stringify(change));
      assert.ok(!JSON.stringify(error).includes('aaaa'));
    }
  });

  it('goes to no private network where addresses of tenants are guarded', async () => {
    const guarded = await toolClient('wordpress', credentialsOf(site), { guarded: true });
    const { error } = await guarded.call('wordpress_get_site');
    await guarded.close();
    assert.equal(error.code, 'host_forbidden');
  });

  it('has no tool that was not tried here', () => {
    assert.deepEqual(
      [...used].sort(),
      findServer('wordpress')
        ?.tools.map(({ name }) => name)
        .sort(),
    );
  });
});
