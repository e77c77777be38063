import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { contractOf } from '../../contracts/index.ts';
import { defineContract } from '../contract.ts';
import { object, text } from '../shapes.ts';
import { discrepancies } from './against.ts';
import { descriptionsAreAbsent, descriptionsAreHere } from './files.ts';

const folder = new URL('../../contracts/', import.meta.url);
/** Beside the tables lie the parts of large ones, and what several share. */
const tables = readdirSync(folder)
  .filter((file) => readFileSync(new URL(file, folder), 'utf8').includes('export const contract = '))
  .map((file) => file.replace(/\.ts$/, ''));

describe('the contract tables', () => {
  for (const name of tables) {
    it(`${name} is the contract of ${name}, with a complete connection`, async () => {
      const contract = await contractOf(name);
      assert.equal(contract.name, name);
      assert.ok(Object.keys(contract.credentials).length > 0);
      assert.ok(contract.operations.length > 0);
      assert.equal(new URL(contract.baseUrl).protocol, 'https:');
    });
  }
});

describe("the contract tables against the vendors' own descriptions", () => {
  if (!descriptionsAreHere) {
    it.skip(descriptionsAreAbsent);
    return;
  }
  for (const name of tables) {
    it(`${name} says nothing else`, async () => {
      assert.deepEqual(discrepancies(await contractOf(name)) ?? [], []);
    });
  }

  it('tells where a table is wrong', async () => {
    const stripe = await contractOf('stripe');
    const wrong = (id: string, change: object) =>
      discrepancies({
        ...stripe,
        operations: stripe.operations.filter((one) => one.id === id).map((one) => ({ ...one, ...change })),
      });
    assert.deepEqual(wrong('getBalance', { route: 'GET /v1/balances' }), [
      'getBalance: route GET /v1/balances: is not in the description',
    ]);
    assert.deepEqual(wrong('listInvoices', { query: { 'overdue?': text } }), [
      'listInvoices: query.overdue: is not described',
    ]);
    const body = {
      form: 'form',
      types: ['application/x-www-form-urlencoded'],
      shape: object({ colour: text }),
    };
    assert.deepEqual(wrong('createPaymentLink', { body }), [
      'createPaymentLink: body.colour: is not described',
      'createPaymentLink: body.line_items: is required',
    ]);
    assert.deepEqual(discrepancies({ ...stripe, operations: [], baseUrl: 'https://stripe.example' }), [
      'host: https://stripe.example is not one of https://api.stripe.com',
    ]);
    assert.throws(() =>
      defineContract({ ...stripe, operations: [...stripe.operations, stripe.operations[0]!] }),
    );
  });
});
