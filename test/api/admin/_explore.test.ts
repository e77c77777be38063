import { startPlatform, type Platform } from '../../support/api.ts';
import { eventually } from '../../support/world.ts';
import { writeFileSync, mkdirSync } from 'node:fs';
describe('explore', function () {
  this.timeout(120000);
  let p: Platform;
  before(async () => { p = await startPlatform(); });
  after(() => p.stop());
  it('walks', async () => {
    mkdirSync('/tmp/h5', { recursive: true });
    const admin = await p.admin();
    const b = await p.business('Rivera Bakery');
    const steps: [string, unknown][] = [
      ['profile', { legalName: 'Panaderia', industry: 'Retail', teamSize: '2–10', country: 'ES', timezone: 'Europe/Madrid', language: 'en' }],
      ['plan', { planKey: 'growth', interval: 'month', start: 'now', card: { number: '4000000000000002', expMonth: 12, expYear: 2034, cvc: '123' } }],
      ['plan', { planKey: 'growth', interval: 'month', start: 'now', card: { number: '4242424242424242', expMonth: 12, expYear: 2034, cvc: '123' } }],
    ];
    for (const [step, body] of steps) console.log(step, (await b.call('POST', `/api/client/onboarding/steps/${step}`, body)).status);
    const list = await eventually(() => admin.call('GET', '/api/admin/runs'), (a) => a.body.items.length > 0);
    console.log(JSON.stringify(list.body, null, 1));
    const runId = list.body.items[0].runId;
    const detail = await admin.call('GET', `/api/admin/runs/${runId}`);
    console.log(detail.status, detail.text);
    for (const path of ['/admin', '/admin/tenants', '/admin/tenants?sort=-mrr', '/admin/tenants?sort=problems', '/admin/tenants?sort=activity', '/admin/tenants?step=tools',
      ...['overview', 'onboarding', 'people', 'invoices', 'timeline'].map((t) => `/admin/tenants/${b.tenantId}?tab=${t}`),
      '/admin/onboarding', '/admin/people', '/admin/people?sort=name', '/admin/workflows', '/admin/workflows?sort=started&q=river&process=&state=', 
      ...['steps', 'history', 'history&view=full', 'history&view=raw', 'data', 'related', 'audit', 'stack'].map((t) => `/admin/workflows/${runId}?tab=${t}`),
      `/admin/workflows/${runId}/stack`, '/admin/processes', '/admin/processes/confirm-email', '/admin/audit', '/admin/audit?check=now', '/admin/audit?actor=olga&from=2026-01-01&to=2027-01-01', '/api/admin/processes', '/api/admin/onboarding/funnel', '/api/search?q=riv', `/api/admin/tenants/${b.tenantId}`, '/api/admin/audit-events?limit=3', '/api/admin/people', '/api/admin/tenants', '/admin/tenants?cursor=zzz', '/api/admin/tenants?cursor=zzz']) {
      const t = Date.now();
      const a = await admin.call('GET', path);
      console.log(a.status, path, a.text.length, `${Date.now() - t} ms`);
      writeFileSync('/tmp/h5/' + path.replace(/[^a-z0-9]+/gi, '_').slice(-60) + (path.startsWith('/api') ? '.json' : '.html'), a.text);
      if (a.status >= 400) console.log(a.text.slice(0, 500));
    }
  });
});
