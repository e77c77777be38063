import { randomUUID } from 'node:crypto';
import type { DemoPart } from './demo.ts';

/** A key of the business that a program has used, so that the list has one with a life of its own. */
export const apiKeysDemo: DemoPart = {
  title: 'API keys',
  async plant(demo, progress) {
    const owner = await demo.as(demo.own);
    const { items } = await owner.call<{ items: { name: string }[] }>('GET', '/api/client/api-keys');
    const name = 'Nightly report';
    if (!items.some((item) => item.name === name)) {
      const asked = { kind: 'tenant', name, scopes: ['team.read', 'billing.read'], requestKey: randomUUID() };
      const { key } = await owner.call<{ key: string }>('POST', '/api/client/api-keys', asked);
      const used = await fetch(new URL('/api/client/team', demo.origin), {
        headers: { authorization: `Bearer ${key}`, 'user-agent': 'curl/8.5.0' },
      });
      if (!used.ok) throw new Error(`the key of the demo was refused: ${used.status}`);
    }
    progress(1, 1);
  },
};
