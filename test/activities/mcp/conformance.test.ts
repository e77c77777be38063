import assert from 'node:assert/strict';
import { findServer } from '../../../activities/mcp/catalog.ts';
import { ownCredentials } from '../../../activities/mcp/kit/credentials.ts';
import { openConnections } from '../../../activities/mcp/kit/network.ts';
import type { ServerDefinition } from '../../../activities/mcp/kit/server.ts';
import { type Serving, serveOverHttp } from '../../../activities/mcp/serve.ts';
import { type ConformanceSuite, conformanceSuite } from '../../support/conformance-suite.ts';
import { fixtureServer } from './conformance/fixture.ts';
import { type Check, type Revision, revisions, runSuite, wireCheck } from './conformance/run.ts';
import { beyondOurServers, type Exemption, needsFixture } from './conformance/scope.ts';

interface Subject {
  server: ServerDefinition | null;
  list: readonly Exemption[];
  /** How many scenarios pass, so that a suite that skips them all passes for nothing. */
  counts: Record<Revision, number>;
}

const exempt = (list: readonly Exemption[], revision: Revision, scenario: string) =>
  list.filter((one) => (one.revision ?? revision) === revision && one.scenarios.includes(scenario));

/** `nothing`: no check of the scenario had anything to hold on to. */
function outcomeOf(checks: readonly Check[]): 'passed' | 'failed' | 'nothing' {
  if (checks.some(({ status }) => status === 'FAILURE' || status === 'WARNING')) return 'failed';
  const held = checks.some(({ id, status }) => status === 'SUCCESS' && id !== wireCheck);
  return held ? 'passed' : 'nothing';
}

/** What passed, and what is wrong: with the server, or with the list of what does not apply. */
function judge(results: Map<string, Check[]>, revision: Revision, list: readonly Exemption[]) {
  const passed: string[] = [];
  const wrong: string[] = [];
  for (const [scenario, checks] of results) {
    const entries = exempt(list, revision, scenario);
    const whole = entries.some((entry) => !entry.checks);
    const single = entries.flatMap((entry) => entry.checks ?? []);
    const outcome = outcomeOf(checks.filter(({ id }) => !single.includes(id)));
    const told = checks.map(({ id, status, errorMessage }) => `${id} ${status} ${errorMessage ?? ''}`);
    if (!whole && outcome === 'passed') passed.push(scenario);
    if (!whole && outcome !== 'passed') wrong.push(`${scenario}: ${outcome}\n  ${told.join('\n  ')}`);
    // A scenario that is exempt but passes must be removed from the list.
    if (whole && outcome === 'passed') wrong.push(`${scenario} passes: take it off the list`);
    for (const id of single) {
      const check = checks.find((one) => one.id === id);
      if (check?.status !== 'FAILURE') wrong.push(`${scenario}: ${id} does not fail: take it off the list`);
    }
    const offWire = checks.find(({ id, status }) => id === wireCheck && status !== 'SUCCESS');
    if (offWire) wrong.push(`${scenario}: ${offWire.errorMessage ?? wireCheck}`);
  }
  return { passed, wrong };
}

describe('[MCP-03] [MCP-09] [MCP-22] the conformance suite of MCP', function () {
  this.timeout(300_000);
  let suite: ConformanceSuite;
  const through = openConnections({ guarded: false });
  before(async function () {
    this.timeout(900_000);
    suite = await conformanceSuite();
  });
  after(() => through.close());

  const ofVendors = [...beyondOurServers, ...needsFixture];
  const subjects: readonly Subject[] = [
    { server: findServer('stripe'), list: ofVendors, counts: { '2025-11-25': 4, '2026-07-28': 8 } },
    { server: findServer('wordpress'), list: ofVendors, counts: { '2025-11-25': 4, '2026-07-28': 8 } },
    { server: findServer('ga4'), list: ofVendors, counts: { '2025-11-25': 4, '2026-07-28': 8 } },
    { server: fixtureServer, list: beyondOurServers, counts: { '2025-11-25': 6, '2026-07-28': 11 } },
  ];
  for (const { server, list, counts } of subjects) {
    assert.ok(server);
    for (const revision of revisions) {
      it(`${server.name}-mcp keeps to the revision of ${revision}`, async () => {
        const serving: Serving = await serveOverHttp(server, { credentials: ownCredentials({}), through }, 0);
        try {
          const results = await runSuite(suite, serving.url!, revision);
          const { passed, wrong } = judge(results, revision, list);
          assert.deepEqual(wrong, []);
          assert.equal(passed.length, counts[revision]);
        } finally {
          await serving.close();
        }
      });
    }
  }
});
