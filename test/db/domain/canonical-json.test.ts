import assert from 'node:assert/strict';
import { canonicalJson } from '../../../db/domain/canonical-json.ts';

/** IEEE 754 bits and their form, from appendix B of RFC 8785. */
const numbers: readonly [bits: string, text: string][] = [
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
];

describe('[SEC-7] the canonical form of JSON (RFC 8785)', () => {
  it('writes numbers as the RFC lists them', () => {
    for (const [bits, text] of numbers) {
      const value = Buffer.from(bits, 'hex').readDoubleBE();
      assert.equal(canonicalJson(value), text, bits);
    }
  });

  it('refuses numbers JSON cannot hold, which would otherwise all read as null', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      assert.throws(() => canonicalJson({ value }), TypeError);
      assert.throws(() => canonicalJson([value]), TypeError);
    }
    assert.throws(() => canonicalJson([undefined]), TypeError);
  });

  it('writes the sample of section 3.2.2 as section 3.2.3 prints it', () => {
    const sample = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\/',
      literals: [null, true, false],
    };
    const text = `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}`;
    assert.equal(canonicalJson(sample), text);
  });

  it('sorts keys by UTF-16 code units, as section 3.2.3 shows', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'];
    const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
    assert.deepEqual(
      Object.keys(JSON.parse(text) as object).filter((key) => key !== '1'),
      sorted.filter((key) => key !== '1'),
    );
    assert.equal(text, `{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`);
  });

  it('keeps the order of arrays, leaves out undefined members, and does not care how an object was built', () => {
    assert.equal(canonicalJson([3, 1, { b: 1, a: undefined }]), '[3,1,{"b":1}]');
    assert.equal(canonicalJson({ b: { d: 1, c: 2 }, a: [] }), canonicalJson({ a: [], b: { c: 2, d: 1 } }));
    assert.equal(canonicalJson({}), '{}');
  });

  it('reads back as what was written', () => {
    const value = { 'a b': ['\u2028', '\u0000', '"', '\\', ''], '': { n: -1.5e-9 } };
    assert.deepEqual(JSON.parse(canonicalJson(value)), value);
  });
});
