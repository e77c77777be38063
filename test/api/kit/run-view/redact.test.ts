import assert from 'node:assert/strict';
import { redact, redactText } from '../../../../api/kit/run-view/redact.ts';

describe('[WF-2] inputs and results as they may be shown', () => {
  it('hides secrets and personal data by their names, at any depth', () => {
    const shown = redact({
      tenantId: 'ten_1',
      passwordHash: '$argon2id$v=19$abc',
      owner: { email: 'olga@example.com', ownerName: 'Olga', apiKey: 'k', role: 'owner' },
      plan: { planKey: 'growth', paymentMethod: { id: 'pm_1', last4: '4242' } },
      list: [{ accessToken: 't', card: { number: '4242424242424242' } }],
    });
    assert.deepEqual(shown, {
      tenantId: 'ten_1',
      passwordHash: '•••',
      owner: { email: '•••', ownerName: '•••', apiKey: '•••', role: 'owner' },
      plan: { planKey: 'growth', paymentMethod: '•••' },
      list: [{ accessToken: '•••', card: '•••' }],
    });
  });

  it('hides addresses, hashes, card numbers and tokens inside a sentence', () => {
    const text =
      'Mail to olga.o@mail.example.com bounced, card 4242 4242 4242 4242, /verify?token=abc123&x=1, $argon2id$v=19$m=1$x';
    assert.equal(redactText(text), 'Mail to ••• bounced, card •••, /verify?token=•••&x=1, •••');
  });

  it('[WF-2] shows the versions of software, and hides every address beside them', () => {
    const technical = {
      workerVersion: { buildId: '@temporalio/worker@1.18.0+6f0c2d', useVersioning: false },
      sdkMetadata: { sdkName: 'temporal-typescript', sdkVersion: '1.18.0' },
      identity: '4711@worker-1',
      attempt: 2,
      taskQueue: { name: 'core', kind: 'TASK_QUEUE_KIND_NORMAL' },
    };
    assert.deepEqual(redact(technical), technical);
    for (const address of [
      'a@b.io',
      'olga.o+x@mail.example.com',
      'olga@münchen.example',
      'olga@xn--mnchen-3ya.xn--p1ai',
      'ольга@пример.рф',
      'OLGA@EXAMPLE.COM',
      '1.18.0@example.com',
      'worker@1.18.0.example.com',
    ])
      assert.equal(redactText(`worker@1.18.0 wrote to ${address} today`), 'worker@1.18.0 wrote to ••• today');
  });

  it('leaves ids, times, amounts and numbers that are no card alone', () => {
    const value = {
      id: 'ten_6q6629kdj23te90d2sqherwyvj',
      at: '2026-11-22T17:18:07.448Z',
      amountMinor: 14900,
      n: '1732291200001',
      none: null,
      ok: true,
    };
    assert.deepEqual(redact(value), value);
  });
});
