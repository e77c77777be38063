import assert from 'node:assert/strict';
import { billingProfile } from '../../../../../db/domain/billing/profile.ts';
import { taxFor } from '../../../../../db/domain/billing/tax/tax.ts';
import { isVatNumber } from '../../../../../db/domain/billing/tax/vat-numbers.ts';

describe('[BIL-2a] tax', () => {
  const rates: Record<string, number> = { DE: 1_900, FR: 2_000, CH: 810, GB: 2_000 };
  const rateOf = (country: string) => rates[country] ?? null;
  const of = (seller: string | null, country: string | null, vatNumber: string | null = null) => {
    const {
      treatment,
      bps,
      country: place,
    } = taxFor({ country: seller, inclusive: false }, { country, vatNumber }, rateOf);
    return `${treatment} ${bps} ${place ?? '-'}`;
  };

  it('is that of the own country at home, also for a business', () => {
    assert.equal(of('DE', 'DE'), 'standard 1900 DE');
    assert.equal(of('DE', 'DE', 'DE123456789'), 'standard 1900 DE');
    assert.equal(of('DE', null), 'standard 1900 DE');
    assert.equal(of('CH', 'CH'), 'standard 810 CH');
  });

  it('is owed by a business of another member state, and that of their country for everyone else there', () => {
    assert.equal(of('DE', 'FR', 'FR12345678901'), 'reverseCharge 0 FR');
    assert.equal(of('DE', 'FR'), 'standard 2000 FR');
    assert.equal(of('DE', 'FR', 'DE123456789'), 'standard 2000 FR', 'a number of another country is none');
  });

  it('is none outside the Union, for a seller outside it abroad, and without a seller', () => {
    assert.equal(of('DE', 'CH'), 'none 0 CH');
    assert.equal(of('DE', 'GB'), 'none 0 GB');
    assert.equal(of('GB', 'FR'), 'none 0 FR');
    assert.equal(of(null, 'DE'), 'none 0 -');
  });

  it('knows the shape of a VAT number of every member state', () => {
    const right = [
      ['AT', 'ATU12345678'],
      ['BE', 'BE0123456789'],
      ['DE', 'de 123.456.789'],
      ['ES', 'ESX1234567R'],
      ['FR', 'FRK7399859412'],
      ['GR', 'EL123456789'],
      ['IE', 'IE1234567FA'],
      ['NL', 'NL123456789B01'],
      ['SE', 'SE123456789701'],
    ] as const;
    for (const [country, number] of right) assert.ok(isVatNumber(number, country), number);
    for (const [country, number] of [
      ...right.map(([of], at) => [of, right[(at + 1) % right.length]?.[1] ?? ''] as const),
      ['DE', '123456789'],
      ['US', 'US123456789'],
      ['DE', ''],
    ] as const)
      assert.ok(!isVatNumber(number, country), `${country} ${number}`);
  });

  it('details are refused with a number that isn’t one, and say why', () => {
    const messages = (input: object) => {
      const parsed = billingProfile.safeParse({ name: 'Rivera Ltd', ...input });
      return parsed.success ? parsed.data.vatNumber : (parsed.error.issues[0]?.message ?? '');
    };
    assert.equal(messages({ country: 'DE', vatNumber: ' de 123 456 789 ' }), 'DE123456789');
    assert.equal(messages({ country: '', vatNumber: '' }), null);
    assert.match(messages({ vatNumber: 'DE123456789' }) ?? '', /Choose the country/);
    assert.match(messages({ country: 'DE', vatNumber: 'DE1' }) ?? '', /isn’t a VAT number of DE/);
    assert.match(messages({ country: 'US', vatNumber: 'X' }) ?? '', /outside the European Union/);
  });
});
