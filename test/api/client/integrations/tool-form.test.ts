import assert from 'node:assert/strict';
import { AppError } from '../../../../db/domain/errors.ts';
import { atFields, fitsFields, fromFields, toFields } from '../../../../api/client/integrations/tool-form.ts';
import type { JsonSchema } from '../../../../templates/ui/schema-form.tsx';

const schema: JsonSchema = {
  type: 'object',
  required: ['to', 'amount', 'rows'],
  properties: {
    to: { type: 'string' },
    limit: { type: 'integer', default: 25 },
    size: { type: 'string', enum: ['small', 'large'] },
    tags: { type: 'array', items: { type: 'string' } },
    ids: { type: 'array', items: { type: 'integer' } },
    open: { type: 'boolean' },
    loud: { type: 'boolean', default: true },
    amount: {
      type: 'object',
      required: ['minor'],
      properties: { minor: { type: 'integer' }, currency: { type: 'string' } },
    },
    rows: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
  },
};
const values = {
  to: 'ada@example.com',
  limit: 10,
  size: 'small',
  tags: ['a', 'b c'],
  ids: [1, 22],
  open: false,
  loud: true,
  amount: { minor: 900, currency: 'EUR' },
  rows: [{ name: 'x' }],
};

describe('[MCP-G] the form of a tool', () => {
  it('reads back from its fields exactly the values that were put into them', () => {
    assert.deepEqual(fromFields(schema, toFields(schema, values)), values);
  });

  it('leaves out empty fields, even booleans', () => {
    const read = fromFields(schema, { to: 'a', open: '', tags: ' ', limit: '', rows: '[]', amount: {} });
    assert.deepEqual(read, { to: 'a', loud: false, amount: {}, rows: [] });
  });

  it('passes a value that isn’t a number on as typed, for validation', () => {
    assert.deepEqual(fromFields(schema, { limit: 'ten', ids: '1\nx' })['limit'], 'ten');
    assert.deepEqual(fromFields(schema, { ids: '1\nx' })['ids'], [1, 'x']);
  });

  it('says at the field which JSON is broken', () => {
    assert.throws(
      () => fromFields(schema, { rows: '[{]' }),
      (error: unknown) => error instanceof AppError && Object.keys(error.fields ?? {})[0] === 'values.rows',
    );
  });

  it('puts messages at the field that holds the value, and says the rest of the whole', () => {
    const fields = { 'amount.minor': 'Too much.', 'rows.0.name': 'Too long.', card: 'Declined.' };
    const placed = atFields(schema, new AppError('tool.arguments-invalid', { text: 'No.', fields }));
    assert.deepEqual(placed.fields, {
      'values.amount.minor': 'Too much.',
      'values.rows': '0.name: Too long.',
    });
    assert.equal(placed.message, 'No. card: Declined.');
  });

  it('makes no fields where a name would be taken for a path or for more than data', () => {
    assert.ok(fitsFields(schema));
    for (const name of ['a.b', '__proto__', 'with space']) {
      const properties = JSON.parse(
        `{${JSON.stringify(name)}: {"type": "string"}}`,
      ) as JsonSchema['properties'];
      assert.ok(!fitsFields({ type: 'object', properties: properties ?? {} }), name);
    }
  });
});
