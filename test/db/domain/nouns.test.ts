import assert from 'node:assert/strict';
import { cardTitle } from '../../../db/domain/billing/cards.ts';
import { boundaryAt } from '../../../db/domain/billing/periods.ts';
import { priceOf } from '../../../db/domain/billing/plans.ts';
import {
  idFromKey,
  idPattern,
  idPrefixes,
  newId,
  PLATFORM_TENANT_ID,
  type Noun,
} from '../../../db/domain/ids.ts';
import { formatMoney, minorDigits } from '../../../db/domain/money.ts';
import { AppError, errorTable, isErrorCode } from '../../../db/domain/errors.ts';
import { eventActions } from '../../../db/domain/event.ts';
import { permissions, permissionsOf } from '../../../db/domain/permissions.ts';
import { roleTitles, type Role } from '../../../db/domain/roles.ts';
import { tenantNameKey } from '../../../db/domain/tenants/tenant.ts';
import { dayMs } from '../../../db/domain/time.ts';

const nouns = Object.keys(idPrefixes) as Noun[];

describe('a card', () => {
  it('is called as its owner knows it', () => {
    assert.equal(cardTitle({ brand: 'visa', last4: '4242' }), 'Visa ending in 4242');
    assert.equal(cardTitle({ brand: 'amex', last4: '0005' }), 'American Express ending in 0005');
    assert.equal(cardTitle({ brand: 'unknown', last4: '1111' }), 'Card ending in 1111');
  });
});

describe('ids', () => {
  it('carry the prefix of their noun and fit its pattern only', () => {
    assert.equal(new Set(Object.values(idPrefixes)).size, nouns.length);
    for (const noun of nouns) {
      const id = newId(noun);
      assert.equal(id.length, 30);
      assert.deepEqual(
        nouns.filter((other) => idPattern(other).test(id)),
        [noun],
      );
    }
    assert.match(PLATFORM_TENANT_ID, idPattern('tenant'));
  });

  it('do not repeat and sort by the time they were made', () => {
    const made = Array.from({ length: 20_000 }, () => newId('event'));
    assert.equal(new Set(made).size, made.length);
    const moments = [0, 1, 255, 256, 65_536, 1_700_000_000_000, 1_700_000_000_001, 2 ** 41, 2 ** 48 - 1];
    const ids = moments.map((moment) => newId('event', moment));
    assert.deepEqual([...ids].sort(), ids);
  });

  it('of a key are always the same, and different for another key or noun', async () => {
    assert.equal(await idFromKey('invoice', 'a'), await idFromKey('invoice', 'a'));
    assert.match(await idFromKey('invoice', 'a'), idPattern('invoice'));
    const ids = await Promise.all([
      idFromKey('invoice', 'a'),
      idFromKey('invoice', 'b'),
      idFromKey('payment', 'a'),
    ]);
    assert.equal(new Set(ids.map((id) => id.slice(4))).size, 3);
  });

  it('refuse what could be more than an id', () => {
    for (const id of [
      'ten_',
      'ten_A1',
      'ten_a b',
      "ten_a'--",
      'ten_aa\n',
      ' ten_aa',
      'usr_aa',
      `ten_${'a'.repeat(41)}`,
    ]) {
      assert.equal(idPattern('tenant').test(id), false, JSON.stringify(id));
    }
  });
});

describe('money', () => {
  it('has as many decimal places as its currency', () => {
    assert.deepEqual(['EUR', 'USD', 'INR', 'JPY', 'KWD'].map(minorDigits), [2, 2, 2, 0, 3]);
  });

  it('is written as the reader writes it', () => {
    const plain = (text: string) => text.replace(/\s/g, ' ');
    assert.equal(formatMoney({ amountMinor: 123_456, currency: 'EUR' }), '€1,234.56');
    assert.equal(plain(formatMoney({ amountMinor: 123_456, currency: 'EUR' }, 'de')), '1.234,56 €');
    assert.equal(formatMoney({ amountMinor: 5_000, currency: 'JPY' }), '¥5,000');
    assert.equal(plain(formatMoney({ amountMinor: 1, currency: 'KWD' })), 'KWD 0.001');
    assert.equal(formatMoney({ amountMinor: -5, currency: 'USD' }), '-$0.05');
    assert.equal(formatMoney({ amountMinor: 0, currency: 'EUR' }), '€0.00');
    assert.equal(formatMoney({ amountMinor: 900_719_925_474_099, currency: 'EUR' }), '€9,007,199,254,740.99');
  });
});

describe('[ONB-3] the end of a period', () => {
  const after = (from: string, interval: 'month' | 'year') =>
    new Date(boundaryAt({ anchorMs: Date.parse(from), timezone: 'UTC', interval }, 1)).toISOString();
  const cases: readonly [from: string, interval: 'month' | 'year', to: string][] = [
    ['2026-01-15T10:20:30.456Z', 'month', '2026-02-15T10:20:30.456Z'],
    ['2026-01-31T23:59:59.999Z', 'month', '2026-02-28T23:59:59.999Z'],
    ['2028-01-31T00:00:00.000Z', 'month', '2028-02-29T00:00:00.000Z'],
    ['2026-03-31T00:00:00.000Z', 'month', '2026-04-30T00:00:00.000Z'],
    ['2026-12-31T00:00:00.000Z', 'month', '2027-01-31T00:00:00.000Z'],
    ['2026-02-28T00:00:00.000Z', 'month', '2026-03-28T00:00:00.000Z'],
    ['2028-02-29T12:00:00.000Z', 'year', '2029-02-28T12:00:00.000Z'],
    ['2027-02-28T12:00:00.000Z', 'year', '2028-02-28T12:00:00.000Z'],
    ['2026-07-01T00:00:00.000Z', 'year', '2027-07-01T00:00:00.000Z'],
  ];
  for (const [from, interval, to] of cases) {
    it(`a ${interval} after ${from} is ${to}`, () => assert.equal(after(from, interval), to));
  }

  it('lies behind its beginning for every day of four years', () => {
    for (let day = Date.UTC(2026, 0, 1); day < Date.UTC(2030, 0, 1); day += dayMs) {
      const next =
        boundaryAt({ anchorMs: new Date(day).getTime(), timezone: 'UTC', interval: 'month' }, 1) - day;
      assert.ok(next >= 28 * dayMs && next <= 31 * dayMs);
    }
  });

  it('costs what the plan says', () => {
    const plan = {
      key: 'p',
      title: '',
      summary: '',
      version: 1,
      currency: 'EUR',
      monthlyMinor: 1,
      yearlyMinor: 10,
      trialDays: 0,
      maxTools: 1,
      maxAgents: 1,
      position: 1,
    };
    assert.deepEqual(priceOf(plan, 'month'), { amountMinor: 1, currency: 'EUR' });
    assert.deepEqual(priceOf(plan, 'year'), { amountMinor: 10, currency: 'EUR' });
  });
});

describe('[ONB-1] names of businesses as they are compared', () => {
  const same: readonly string[][] = [
    ['Café Zürich', 'cafe zurich', ' CAFÉ-ZÜRICH! ', 'Cafe\u0301 Zu\u0308rich', 'ＣＡＦＥ zurich'],
    ['O’Brien & Sons', "o'brien sons", 'OBrien+Sons'],
    ['東京 ラーメン', '東京ラーメン'],
  ];
  for (const [first = '', ...others] of same) {
    it(`read ${JSON.stringify(first)} like ${others.length} ways of writing it`, () => {
      for (const other of others) assert.equal(tenantNameKey(other), tenantNameKey(first), other);
    });
  }

  it('keep apart what readers keep apart, in every script', () => {
    const different: readonly [string, string][] = [
      ['Bäcker', 'Backes'],
      ['राम', 'रोम'],
      ['कला', 'किला'],
      ['がく', 'かく'],
      ['ไทย', 'ไทโย'],
      ['Shop 1', 'Shop 2'],
      ['!!', '??'],
      ['☕☕', '🍕🍕'],
    ];
    for (const [one, other] of different)
      assert.notEqual(tenantNameKey(one), tenantNameKey(other), `${one} / ${other}`);
  });

  it('are never empty', () => {
    for (const name of ['!!', '- -', '☕☕', '\u0301\u0301']) assert.notEqual(tenantNameKey(name), '', name);
  });
});

describe('the tables of words', () => {
  it('have codes of the form noun.problem, a status and a sentence', () => {
    for (const [code, { status, text }] of Object.entries(errorTable)) {
      assert.match(code, /^[a-z]+(-[a-z]+)*\.[a-z-]+$/);
      assert.ok(status >= 400 && status < 600);
      assert.match(text, /^[A-Z].*\.$/);
    }
    assert.ok(isErrorCode('tenant.not-found') && !isErrorCode('toString') && !isErrorCode(7));
    const error = new AppError('payment.declined', { text: 'No funds.', cause: 'secret' });
    assert.deepEqual([error.code, error.status, error.message], ['payment.declined', 402, 'No funds.']);
  });

  it('have events of the form noun.verb-past', () => {
    for (const action of Object.keys(eventActions))
      assert.match(action, /^[a-z]+(-[a-z]+)*\.[a-z-]+(ed|en|wn|t)$/);
  });

  /** Their own account is everybody's; templates belong to a business or to the platform, by the same routes. */
  const isOfBoth = (right: string) => right.startsWith('account.') || right.startsWith('templates.');

  it('give no role of a tenant a right of the platform, nor the other way round', () => {
    const rights = (role: Role) => [...permissionsOf(role)];
    const platform = new Set([...rights('superAdmin'), ...rights('partner')]);
    for (const role of ['owner', 'admin', 'member'] as const) {
      assert.deepEqual(
        rights(role).filter((right) => platform.has(right) && !isOfBoth(right)),
        [],
      );
    }
    for (const role of Object.keys(roleTitles) as Role[])
      for (const right of rights(role)) assert.ok(right in permissions);
    assert.ok(!permissionsOf('partner').has('runs.control') && !permissionsOf('partner').has('audit.verify'));
  });
});
