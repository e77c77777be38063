import assert from 'node:assert/strict';
import {
  estimateFromMajor,
  fromMajor,
  moneySchema,
  positiveMoneySchema,
  toMajorNumber,
  toMajorText,
} from '../../../../activities/mcp/kit/money.ts';
import { fromMicros, metricMoney, toMicros } from '../../../../activities/mcp/kit/micros.ts';

describe('[MCP-01] [MCP-04] [MCP-05] [MCP-07] money of tools', () => {
  const written: [number, string, string][] = [
    [0, 'EUR', '0.00'],
    [1, 'EUR', '0.01'],
    [-5, 'EUR', '-0.05'],
    [1_050, 'EUR', '10.50'],
    [29, 'USD', '0.29'],
    [1_005, 'INR', '10.05'],
    [1_050, 'JPY', '1050'],
    [-1, 'JPY', '-1'],
    [1, 'KWD', '0.001'],
    [1_001_000, 'KWD', '1001.000'],
    [900_719_925_474_099, 'KWD', '900719925474.099'],
  ];
  it('is written with the digits of its currency, and read back as the same', () => {
    for (const [minor, currency, text] of written) {
      assert.equal(toMajorText({ minor, currency }), text);
      assert.deepEqual(fromMajor(text, currency), { minor, currency });
      assert.deepEqual(fromMajor(toMajorNumber({ minor, currency }), currency), { minor, currency });
      assert.deepEqual(fromMicros(toMicros({ minor, currency }), currency), { minor, currency });
    }
  });

  it('goes through decimal texts and numbers without loss, whatever the amount', () => {
    for (const currency of ['EUR', 'JPY', 'KWD', 'INR']) {
      for (let minor = -3_000; minor <= 3_000; minor += 1) {
        assert.equal(fromMajor(toMajorText({ minor, currency }), currency).minor, minor);
        assert.equal(fromMajor(toMajorNumber({ minor, currency }), currency).minor, minor);
      }
    }
  });

  it('is never written as a number that would lose a digit', () => {
    const most = { minor: Number.MAX_SAFE_INTEGER, currency: 'KWD' };
    assert.deepEqual(fromMajor(toMajorText(most), 'KWD'), most);
    assert.throws(() => toMajorNumber(most), RangeError);
  });

  it('takes zeros beyond the digits of the currency, and nothing else there', () => {
    assert.deepEqual(fromMajor('10.5000', 'EUR'), { minor: 1_050, currency: 'EUR' });
    assert.deepEqual(fromMajor('1050.00', 'JPY'), { minor: 1_050, currency: 'JPY' });
    assert.throws(() => fromMajor('10.501', 'EUR'), RangeError);
    assert.throws(() => fromMajor('1050.5', 'JPY'), RangeError);
    assert.throws(() => fromMajor(0.1 + 0.2, 'EUR'), RangeError);
  });

  it('refuses what is no amount', () => {
    const junk = ['', ' ', '.5', '5.', '1,000.00', '1e3', '+5', '--5', '0x10', 'ten', '12 EUR', '١٢', 'NaN'];
    for (const text of junk) assert.throws(() => fromMajor(text, 'EUR'), RangeError, text);
    for (const number of [NaN, Infinity, 1e21, 1e-7, 90_071_992_547_409.93]) {
      assert.throws(() => fromMajor(number, 'EUR'), RangeError, String(number));
    }
    assert.throws(() => fromMajor('1.00', 'euro'), RangeError);
    assert.equal(Object.is(fromMajor('-0.00', 'EUR').minor, 0), true);
  });

  it('is asked for in minor units and a code of three letters', () => {
    assert.ok(moneySchema.safeParse({ minor: -1, currency: 'EUR' }).success);
    for (const bad of [
      { minor: 10.5, currency: 'EUR' },
      { minor: '10', currency: 'EUR' },
      { minor: 2 ** 53, currency: 'EUR' },
      { minor: 10, currency: 'eur' },
      { minor: 10 },
      { minor: 10, currency: 'EUR', amount: 10 },
    ]) {
      assert.ok(!moneySchema.safeParse(bad).success, JSON.stringify(bad));
    }
    assert.ok(!positiveMoneySchema.safeParse({ minor: 0, currency: 'EUR' }).success);
  });

  it('of estimates and statistics loses what is below the minor unit, and nothing more', () => {
    assert.deepEqual(estimateFromMajor('10.999', 'EUR'), { minor: 1_099, currency: 'EUR' });
    assert.deepEqual(estimateFromMajor(1050.9, 'JPY'), { minor: 1_050, currency: 'JPY' });
    for (const none of [null, undefined, '']) assert.equal(estimateFromMajor(none, 'EUR'), null);
    assert.equal(estimateFromMajor('1', null), null);
    assert.deepEqual(metricMoney('1.2E7', 'EUR'), { minor: 1_200_000_000, currency: 'EUR' });
    assert.deepEqual(metricMoney(undefined, 'JPY'), { minor: 0, currency: 'JPY' });
    assert.deepEqual(fromMicros('10509999', 'EUR'), { minor: 1_050, currency: 'EUR' });
  });
});
