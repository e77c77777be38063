import assert from 'node:assert/strict';
import { lastDayBefore, offAtAfter } from '../../../../db/domain/integrations/deprecation.ts';
import { askText, lifecycleCopy } from '../../../../templates/client/integrations/marketplace-copy.ts';
import { lifecycleText } from '../../../../templates/client/integrations/lifecycle.tsx';
import { gallery } from '../../gallery.tsx';

const htmlOf = (name: string) => {
  const sample = gallery.find((one) => one.name === name);
  assert.ok(sample, name);
  return sample.html();
};
const headings = (html: string) => [...html.matchAll(/<h2>([^<]+)<\/h2>/g)].map(([, title]) => title);
const cardOf = (html: string, title: string) =>
  html.split('<li class="bz-app">').find((card) => card.includes(`>${title}</a>`)) ?? '';

describe('[MCP-R1] [MCP-R4] [MCP-R5] the marketplace', () => {
  it('shows what was chosen in setup, what is connected, then the rest by category', () => {
    assert.deepEqual(headings(htmlOf('marketplace')).slice(0, 3), [
      'Chosen in setup',
      'Connected',
      'Payments',
    ]);
  });

  it('says on the card that a server is turned off or ends, and offers no button for what cannot be done', () => {
    const html = htmlOf('marketplace');
    const off = cardOf(html, 'Stripe');
    assert.match(off, /Turned off by the platform on 12 Nov 2026\. Your connection is kept\./);
    assert.doesNotMatch(off, /Connected<|Connect Stripe/);
    assert.match(cardOf(html, 'Zapier'), /Ends on 31 Dec 2026\. Use Notion instead\./);
    assert.match(cardOf(html, 'Slack'), /Reconnect needed[\s\S]*aria-label="Reconnect Slack"/);
    assert.match(cardOf(html, 'Mailchimp'), /aria-label="Connect Mailchimp"/);
  });

  it('tells a member whom to ask, and shows no button', () => {
    assert.match(htmlOf('marketplace-member'), /Ask Sam Rivera \(owner\) to connect an integration\./);
    assert.doesNotMatch(htmlOf('marketplace-member'), /aria-label="Connect/);
    assert.match(htmlOf('integration-member'), /Ask Sam Rivera \(owner\) to connect Stripe\./);
    const two = [
      { name: 'Sam Rivera', role: 'owner' },
      { name: 'Bo Lind', role: 'admin' },
    ];
    assert.equal(askText(two, 'Stripe'), 'Ask Sam Rivera (owner) or Bo Lind (admin) to connect Stripe.');
  });

  it('tells an empty registry from a search without a match', () => {
    assert.match(htmlOf('marketplace-empty'), /No integrations yet/);
    assert.match(htmlOf('marketplace-no-match'), /No integrations match these filters/);
  });

  it('[MCP-R4] the last day can be used in every timezone, and is the same day for every reader', () => {
    const offAt = offAtAfter('2026-12-31');
    for (const timeZone of ['Etc/GMT+12', 'UTC', 'Pacific/Kiritimati']) {
      const last = new Intl.DateTimeFormat('sv', { timeZone }).format(new Date(offAt.getTime() - 1));
      assert.ok(last >= '2026-12-31', `${timeZone}: ${last}`);
    }
    assert.equal(lastDayBefore(offAt), '2026-12-31');
    for (const timezone of ['Pacific/Honolulu', 'Pacific/Kiritimati']) {
      const locale = { language: 'en', timezone, nowMs: 0 };
      const ending = { kind: 'ending', lastDay: '2026-12-31', successor: null } as const;
      assert.equal(lifecycleText(ending, true, locale), 'Ends on 31 Dec 2026.');
    }
    assert.equal(
      lifecycleCopy.named('Stripe', lifecycleCopy.turnedOff('12 Nov 2026', true)),
      'Stripe was turned off by the platform on 12 Nov 2026. Your connection is kept.',
    );
  });
});
