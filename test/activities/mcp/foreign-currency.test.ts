import assert from 'node:assert/strict';
import { findServer } from '../../../activities/mcp/catalog.ts';
import { connectServer, exampleOf } from './suite/connected.ts';
import { withAmount } from './suite/money.ts';

/** Vendors that take an amount without its currency, in the currency of what it is for. */
const guarded = [
  ['quickbooks', 'quickbooks_record_payment'],
  ['xero', 'xero_record_payment'],
  ['stripe', 'stripe_create_refund'],
  ['razorpay', 'razorpay_refund_payment'],
] as const;

describe('[MCP-01] [MCP-02] [MCP-03] [MCP-05] an amount in a currency that is not the document’s', () => {
  for (const [name, tool] of guarded) {
    it(`is refused by ${tool} before anything is written`, async () => {
      const server = findServer(name);
      assert.ok(server);
      const on = await connectServer(server);
      try {
        const example = exampleOf(server.tools.find((one) => one.name === tool)!);
        const { error } = await on.call(tool, withAmount(example, { minor: 500, currency: 'CHF' }));
        assert.deepEqual([error?.kind, error?.code], ['invalid', 'refused_before_sending']);
        assert.deepEqual(Object.keys(error?.fields ?? {}), ['amount']);
        assert.deepEqual(on.upstream.effects(), []);
      } finally {
        await on.close();
      }
    });
  }
});
