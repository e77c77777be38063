import assert from 'node:assert/strict';
import { googleProblemOf } from '../../../activities/mcp/kit/google.ts';
import { graphPages, graphProblemOf } from '../../../activities/mcp/kit/graph.ts';
import { fromMicros, metricMoney, toMicros } from '../../../activities/mcp/kit/micros.ts';
import type { Reply } from '../../../activities/mcp/kit/request.ts';
import { quoted } from '../../../activities/mcp/servers/google-ads/gaql.ts';
import { address, list, value } from '../../../activities/mcp/servers/linkedin/restli.ts';
import { fromBudget, toBudget } from '../../../activities/mcp/servers/meta-ads/account.ts';
import { hourMs } from '../../../db/domain/time.ts';

const reply = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body,
});
const google = (status: number, error: object) =>
  googleProblemOf(reply(status, { error }), Date.parse('2026-11-23T12:00:00Z'));
const graph = (status: number, error: object, headers = {}) =>
  graphProblemOf(reply(status, { error }, headers));

describe('[MCP-06] [MCP-07] [MCP-08] [MCP-22] amounts, errors and query languages of the ad networks', () => {
  it('micros of every currency, exactly', () => {
    assert.equal(toMicros({ minor: 1050, currency: 'EUR' }), '10500000');
    assert.equal(toMicros({ minor: 1050, currency: 'JPY' }), '1050000000');
    assert.equal(toMicros({ minor: 1050, currency: 'KWD' }), '1050000');
    assert.deepEqual(fromMicros('48129999', 'EUR'), { minor: 4812, currency: 'EUR' });
    assert.deepEqual(fromMicros('9007199254740000', 'USD'), { minor: 900719925474, currency: 'USD' });
  });

  it('metrics in major units lose what is below the minor unit, and nothing else', () => {
    assert.equal(metricMoney('0.29999', 'USD').minor, 29);
    assert.equal(metricMoney(1.1, 'EUR').minor, 110);
    assert.equal(metricMoney('1.2E3', 'EUR').minor, 120_000);
    assert.equal(metricMoney('1.5', 'JPY').minor, 1);
    assert.equal(metricMoney(undefined, 'EUR').minor, 0);
  });

  it("Meta's budgets follow its own table of units: whole Taiwan dollars, hundredths of dinars", async () => {
    const { minor: taiwan } = fromBudget('1500', 'TWD');
    const { minor: euros } = fromBudget('1500', 'EUR');
    assert.equal(euros, 1_500);
    assert.equal(taiwan, 150_000);
    assert.deepEqual(fromBudget('5', 'USD'), { minor: 5, currency: 'USD' });
    assert.deepEqual(fromBudget(1500, 'JPY'), { minor: 1_500, currency: 'JPY' });
    assert.deepEqual(fromBudget('1500', 'BHD'), { minor: 15_000, currency: 'BHD' });
    const api = (currency: string) =>
      ({
        get: () => Promise.resolve({ currency }),
        refuse: (_field: string, message: string) => {
          throw new RangeError(message);
        },
      }) as unknown as Parameters<typeof toBudget>[0];
    const budget = (minor: number, currency: string, account = currency) =>
      toBudget(api(account), '1', { minor, currency }, 'amount');
    assert.equal(await budget(150_000, 'TWD'), 1_500);
    assert.equal(await budget(15_000, 'BHD'), 1_500);
    assert.equal(await budget(1_500, 'EUR'), 1_500);
    await assert.rejects(budget(150_050, 'TWD'), /no decimals/);
    await assert.rejects(budget(15_001, 'BHD'), /two decimals/);
    await assert.rejects(budget(1_500, 'EUR', 'USD'), /counts in USD/);
  });

  it("Google's refusals: too fast inside 403, used up until midnight in California, fields by name", () => {
    const fast = google(403, { code: 403, message: 'slow', errors: [{ reason: 'userRateLimitExceeded' }] });
    assert.deepEqual([fast?.kind, fast?.retryAfterMs], ['rate-limit', undefined]);
    const used = google(403, { message: 'done', errors: [{ reason: 'dailyLimitExceeded' }] });
    assert.deepEqual([used?.kind, used?.retryAfterMs], ['rate-limit', 20 * hourMs]);
    const forbidden = google(403, {
      status: 'PERMISSION_DENIED',
      message: 'no',
      errors: [{ reason: 'forbidden' }],
    });
    assert.equal(forbidden?.kind, 'permission');
    assert.equal(google(429, { message: 'x', details: [{ retryDelay: '1.5s' }] })?.retryAfterMs, 1_500);
    assert.equal(google(500, { message: 'x' })?.retryAfterMs, 60_000);
  });

  it("Meta's refusals: the code tells, whatever the status", () => {
    const kinds = (
      [
        [400, 190, 'credentials'],
        [400, 17, 'rate-limit'],
        [400, 80004, 'rate-limit'],
        [400, 131056, 'rate-limit'],
        [400, 131047, 'refused'],
        [403, 200, 'permission'],
        [500, 2, 'unavailable'],
        [400, 132001, 'invalid'],
        [400, 100, 'invalid'],
      ] as const
    ).map(([status, code, kind]) => [graph(status, { code, message: 'x' })?.kind, kind]);
    for (const [found, wanted] of kinds) assert.equal(found, wanted);
    assert.equal(graph(400, { code: 100, error_subcode: 33, message: 'x' })?.kind, 'not-found');
    const usage = {
      'x-business-use-case-usage':
        '{"1":[{"estimated_time_to_regain_access":2},{"estimated_time_to_regain_access":4}]}',
    };
    assert.equal(graph(400, { code: 80004, message: 'x' }, usage)?.retryAfterMs, 240_000);
  });

  it("Meta's last page has a cursor too, and is the last all the same", () => {
    const cursors = { after: 'abc' };
    const next = (paging: object) =>
      graphPages.next(reply(200, { data: [], paging }), { mark: null, limit: 1 }, []);
    assert.equal(next({ cursors, next: 'https://graph.facebook.com/x' }), 'abc');
    assert.equal(next({ cursors }), null);
  });

  it('values cannot break out of a query', () => {
    assert.equal(quoted(`Tom's \\ "care"`), `'Tom\\'s \\\\ "care"'`);
    assert.equal(list(['urn:li:sponsoredAccount:1']), 'List(urn%3Ali%3AsponsoredAccount%3A1)');
    assert.equal(value('a),b:(c'), 'a%29%2Cb%3A%28c');
    assert.equal(
      address('/adAccounts', { q: 'search', pageSize: 5, pageToken: undefined }),
      '/rest/adAccounts?q=search&pageSize=5',
    );
  });
});
