import assert from 'node:assert/strict';
import { servers } from '../../../activities/mcp/catalog.ts';
import { definitionOf } from '../../../activities/mcp/kit/describe.ts';
import { isRepeatable, type Tool } from '../../../activities/mcp/kit/server.ts';
import { riskClasses } from '../../../db/domain/integrations/risk.ts';
import { type Connected, connectServer, exampleOf, sent } from './suite/connected.ts';
import { amounts, amountsIn, withAmount } from './suite/money.ts';
import { sideBySide } from './suite/side-by-side.ts';
import { contractOf } from './contracts/index.ts';
import { reply } from './upstream/contract.ts';
import { answering, doneThenDropped, invalid, rateLimited, unavailable } from './upstream/scripts.ts';
import { againstDescription } from './upstream/vendor/against.ts';
import { descriptionsAreAbsent, descriptionsAreHere } from './upstream/vendor/files.ts';

/** Servers whose vendor publishes a description. */
const described = new Set<string>();
for (const { name } of servers) {
  // A server without a contract fails below, with its name.
  const contract = await contractOf(name).catch(() => null);
  if (contract?.vendor) described.add(name);
}

const lists = (tool: Tool) => 'next_cursor' in tool.output.shape;
const isWrite = (tool: Tool) => tool.risk !== 'read';

describe('[MCP-01] [MCP-02] [MCP-03] [MCP-04] [MCP-05] [MCP-06] [MCP-07] [MCP-08] [MCP-09] [MCP-10] [MCP-11] [MCP-12] [MCP-13] [MCP-14] [MCP-15] [MCP-16] [MCP-17] [MCP-18] [MCP-19] [MCP-20] [MCP-21] [MCP-22] [MCP-23] [MCP-24] [MCP-25] [MCP-26] tool servers', () => {
  if (!descriptionsAreHere) it.skip(descriptionsAreAbsent);
  const beside = sideBySide(12);
  for (const server of servers) {
    describe(`${server.name}-mcp`, function () {
      this.timeout(60_000);
      let on: Connected;
      before(async () => {
        on = await connectServer(server);
      });
      after(() => on.close());
      beforeEach(() => on.upstream.forget());
      /** Also a call that fails as it should must have kept to the contract. */
      afterEach(() => assert.deepEqual(on.upstream.violations(), []));

      const probe = () => on.call(server.probe.tool, server.probe.arguments);

      /** A test that waits for the vendor, on a connection of its own: those of all servers run at the same time. */
      const itWaits = (title: string, work: (own: Connected) => Promise<void>) =>
        beside(title, async () => {
          const own = await connectServer(server);
          try {
            await work(own);
            assert.deepEqual(own.upstream.violations(), []);
          } finally {
            await own.close();
          }
        });

      it('declares six tools or more, each with its hints, risk, and a complete example', () => {
        assert.ok(server.tools.length >= 6 && server.tools.length <= 14, `${server.tools.length} tools`);
        assert.ok(server.summary.length > 10);
        for (const tool of server.tools) {
          assert.match(tool.name, /^[a-z0-9]+(_[a-z0-9]+){2,}$/);
          assert.ok(tool.description.length > 20, tool.name);
          assert.ok(riskClasses.includes(tool.risk));
          assert.ok(tool.input.safeParse(exampleOf(tool)).success, `${tool.name}: its example does not fit`);
          const { annotations, inputSchema } = definitionOf(tool);
          for (const hint of ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint']) {
            assert.equal(typeof annotations[hint], 'boolean', `${tool.name}: ${hint}`);
          }
          assert.deepEqual((inputSchema['examples'] as unknown[]).length, 1);
          assert.equal(inputSchema['additionalProperties'], false);
        }
      });

      it('its address is the documented one', () => {
        const { baseUrl } = server.api;
        const address = typeof baseUrl === 'string' ? baseUrl : baseUrl(on.contract.credentials);
        assert.equal(new URL(address).origin, new URL(on.contract.baseUrl).origin);
      });

      for (const tool of server.tools) {
        it(`${tool.name} asks as the vendor documents it`, async () => {
          const { result, error } = await on.call(tool.name, exampleOf(tool));
          assert.deepEqual(on.upstream.violations(), []);
          assert.equal(error, null, error?.message);
          assert.ok(result);
          assert.ok(sent(on).length > 0);
        });
      }

      if (descriptionsAreHere && described.has(server.name)) {
        it("every request fits the vendor's own description", async () => {
          for (const tool of server.tools) await on.call(tool.name, exampleOf(tool));
          const violations = await againstDescription(on.contract, on.upstream.requests());
          assert.deepEqual([...new Set(violations)], []);
        });
      }

      for (const tool of server.tools.filter(lists)) {
        it(`${tool.name} gives every item of three pages once`, async () => {
          const args = { ...exampleOf(tool) };
          delete args['cursor'];
          const items: string[] = [];
          let pages = 0;
          for (let cursor: unknown = undefined; cursor !== null; pages += 1) {
            assert.ok(pages < 10, 'the list does not end');
            const { result, error } = await on.call(tool.name, {
              ...args,
              ...(cursor !== undefined && { cursor }),
            });
            assert.equal(error, null, error?.message);
            items.push(...(result?.['items'] as unknown[]).map((item) => JSON.stringify(item)));
            cursor = result?.['next_cursor'] ?? null;
          }
          assert.equal(pages, 3);
          assert.equal(new Set(items).size, items.length, 'an item came twice');
        });
      }

      itWaits('a request to slow down is passed on with the wait, and kept when it is short', async (own) => {
        own.upstream.next(rateLimited({ retryAfterS: 1 }));
        const { error } = await own.call(server.probe.tool, server.probe.arguments);
        assert.deepEqual([error?.kind, error?.retryable], ['rate-limit', true]);
        const waitMs = error?.retryAfterMs ?? 0;
        if (waitMs > 5_000 || waitMs === 0) return;
        own.upstream.forget();
        own.upstream.next(rateLimited({ retryAfterS: 1 }));
        const startMs = Date.now();
        const patient = await own.call(server.probe.tool, server.probe.arguments, { patienceMs: 6_000 });
        assert.equal(patient.error, null, patient.error?.message);
        assert.ok(Date.now() - startMs >= Math.min(900, waitMs * 0.9), 'it did not wait');
      });

      itWaits('a read is repeated when the vendor has trouble', async (own) => {
        own.upstream.next(unavailable(503));
        const patient = await own.call(server.probe.tool, server.probe.arguments, { patienceMs: 6_000 });
        assert.equal(patient.error, null, patient.error?.message);
        own.upstream.forget();
        own.upstream.next(unavailable(500));
        const { error } = await own.call(server.probe.tool, server.probe.arguments);
        assert.deepEqual([error?.kind, error?.retryable], ['unavailable', true]);
      });

      it("what the vendor refuses is told in the vendor's words, and not repeated", async () => {
        const tool = server.tools.find(isWrite) ?? server.tools[0];
        assert.ok(tool);
        on.upstream.next(invalid('some_field', 'is not what we take'));
        const { error } = await on.call(tool.name, exampleOf(tool), { patienceMs: 2_000 });
        assert.ok(error, 'it passed');
        assert.equal(error.retryable, false);
        assert.ok(['invalid', 'refused'].includes(error.kind), error.kind);
        assert.ok(error.http >= 200 && error.code.length > 0);
        assert.match(error.message + JSON.stringify(error.fields), /is not what we take/);
        assert.equal(sent(on).length, 1);
      });

      const renews =
        server.auth.kind === 'token' || (server.auth.kind === 'oauth2' && server.auth.refresh !== 'never');
      (renews ? it : () => undefined)('many calls with an expired token renew it once', async () => {
        assert.ok(on.contract.oauth, 'the contract does not know the token endpoint');
        on.upstream.expireTokens();
        const answers = await Promise.all(Array.from({ length: 10 }, probe));
        assert.deepEqual(
          answers.map(({ error }) => error?.message ?? null),
          Array(10).fill(null),
        );
        assert.equal(on.upstream.requests('token').length, 1);
      });

      for (const tool of server.tools.filter(isWrite)) {
        itWaits(`${tool.name} does its work once although the answer is lost`, async (own) => {
          await own.call(tool.name, exampleOf(tool), { key: 'first' });
          const wanted = own.upstream.effects().map(({ operation }) => operation);
          assert.ok(wanted.length > 0, 'it changed nothing');
          for (const operation of new Set(wanted)) {
            own.upstream.forget();
            own.upstream.nextOf(operation, doneThenDropped());
            const lost = await own.call(tool.name, exampleOf(tool), { key: 'second', patienceMs: 2_000 });
            if (lost.error) {
              assert.ok(['unknown-outcome', 'unavailable'].includes(lost.error.kind), lost.error.kind);
              assert.equal(own.upstream.effects(operation).length, 1, 'it was done twice');
            }
            if (lost.error && !isRepeatable(server, tool.name)) continue;
            if (lost.error) {
              const again = await own.call(tool.name, exampleOf(tool), { key: 'second', patienceMs: 2_000 });
              assert.equal(again.error, null, again.error?.message);
            }
            assert.deepEqual(
              own.upstream
                .effects()
                .map((effect) => effect.operation)
                .sort(),
              [...wanted].sort(),
            );
          }
        });
      }

      for (const tool of server.tools.filter((one) => amountsIn(exampleOf(one)).length > 0)) {
        it(`${tool.name} carries amounts of every currency exactly`, async () => {
          for (const amount of amounts) {
            on.upstream.forget();
            const { result, error } = await on.call(tool.name, withAmount(exampleOf(tool), amount));
            assert.deepEqual(on.upstream.violations(), []);
            if (error) {
              // A vendor that takes no currency is asked about its own before, and another one is refused.
              assert.equal(error.code, 'refused_before_sending', error.message);
              continue;
            }
            const back = amountsIn(result).filter(({ currency }) => currency === amount.currency);
            for (const { minor } of back) {
              assert.equal(
                minor % amount.minor,
                0,
                `${amount.minor} ${amount.currency} came back as ${minor}`,
              );
            }
          }
        });
      }

      it('keeps its credentials to itself whatever the vendor echoes', async () => {
        // Another test may have had the tokens renewed.
        const fresh = await connectServer(server);
        const secrets = server.credentials
          .filter(({ secret }) => secret)
          .map(({ key }) => fresh.contract.credentials[key] ?? '')
          .filter((value) => value.length >= 6);
        assert.ok(secrets.length > 0 || server.credentials.every(({ secret }) => !secret));
        const echo = { error: { message: secrets.join(' ') }, message: secrets.join(' '), detail: secrets };
        for (const status of [400, 403, 500]) {
          fresh.upstream.next(answering(reply(status, echo)));
          const { text } = await fresh.call(server.probe.tool, server.probe.arguments);
          for (const secret of secrets) assert.ok(!text.includes(secret), `status ${status} tells a secret`);
        }
        await fresh.close();
      });
    });
  }
});
