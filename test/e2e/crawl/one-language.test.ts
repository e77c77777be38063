import assert from 'node:assert/strict';
import { type Caller, type Platform, startPlatform } from '../../support/api.ts';
import { eventually } from '../../support/world.ts';
import { addressesFor, findIds } from '../pages.ts';
import { bringTo } from '../wizard.ts';

/** What a formatter writes for a German: relative times, months, days, countries. */
const germanWords =
  /\b(?:vor|in) \d+ (?:Sek|Min|Std|Tag|Woche|Monat|Jahr)|\d\. (?:Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)|\b(?:gestern|heute|morgen|Uhr|Spanien|Deutschland|Dezember|Oktober|Sonntag|Montag)\b/;

describe('[USR-4] [ONB-2] the pages of a person who reads German emails', function () {
  this.timeout(60_000);
  let platform: Platform;
  let owner: Awaited<ReturnType<Platform['business']>>;
  let settingUp: Awaited<ReturnType<Platform['business']>>;
  let admin: Caller;
  before(async () => {
    platform = await startPlatform();
    [owner, settingUp] = [await platform.business(), await platform.business()];
    admin = await platform.admin();
    await platform.world.database.owner("update users set language = 'de', timezone = 'Europe/Berlin'", []);
    await bringTo(owner, 'live');
    await bringTo(settingUp, 'review');
    await eventually(
      () => admin.call('GET', '/api/admin/runs?process=onboard-tenant&state=waiting'),
      ({ body }) => body.items.length > 0,
    );
  });
  after(() => platform?.stop());

  /** The addresses that show a page; some records are not planted here. */
  async function pagesWithGerman(caller: Caller, addresses: readonly string[]): Promise<[number, string[]]> {
    const found: string[] = [];
    let shown = 0;
    for (const address of addresses) {
      const { status, text } = await caller.call('GET', address);
      if (status !== 200) continue;
      shown += 1;
      assert.match(text, /<html lang="en">/, address);
      const word = germanWords.exec(text.replace(/<[^>]+>/g, ' '));
      if (word) found.push(`${address}: ${word[0]}`);
    }
    return [shown, found];
  }

  it('are in English throughout, with figures as in their region', async () => {
    const { body } = await owner.call('GET', '/api/client/invoices');
    const ids = await findIds(admin, { invoiceId: body.items[0].id, calls: null, live: owner });
    const ofSetup = addressesFor('owner', ids).filter((path) => path.startsWith('/app/setup/'));
    const [shown, found] = await pagesWithGerman(owner, addressesFor('owner', ids));
    const [steps, foundInSetup] = await pagesWithGerman(settingUp, ofSetup);
    const [ofAdmin, foundForAdmin] = await pagesWithGerman(admin, addressesFor('superAdmin', ids));
    assert.deepEqual([...found, ...foundInSetup, ...foundForAdmin], []);
    assert.ok(shown >= 8 && steps >= 6 && ofAdmin >= 20, `${shown} ${steps} ${ofAdmin}`);
    const { text } = await owner.call('GET', '/app/billing');
    assert.ok(/149,00\s€/.test(text));
  });

  it('while emails stay German', async () => {
    const [welcome] = await eventually(
      async () =>
        (await platform.world.mails(owner.email)).filter(({ subject }) => /ist online/.test(subject)),
      (mails) => mails.length > 0,
    );
    assert.match(welcome?.text ?? '', /Guten Tag/);
  });

  it('would be noticed', () => {
    for (const text of ['vor 44 Sek.', '12. Dez. 2026', 'Deutschland', 'gestern'])
      assert.match(text, germanWords);
    for (const text of [
      '44 sec ago',
      '12 Dec 2026',
      'Germany',
      'in 2 days',
      'in 34 min',
      '€149 in 3 months',
      '5. Agents',
    ])
      assert.doesNotMatch(text, germanWords);
  });
});
