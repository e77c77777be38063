import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findServer, servers } from '../../../activities/mcp/catalog.ts';
import { credentialField } from '../../../db/domain/integrations/credential-field.ts';
import { riskClasses } from '../../../db/domain/integrations/risk.ts';
import { serverPriorities } from '../../../db/domain/integrations/servers.ts';
import { credentialsIn, CredentialsFileError } from '../../../workers/commands/credentials-file.ts';
import { readArguments } from '../../../workers/commands/mcp-serve.ts';
import { clientKinds, openClient, type Place } from './clients/any-client.ts';
import { cli, endAll, finished, start } from './clients/command-line.ts';
import { contractOf } from './contracts/index.ts';
import { slowly } from './upstream/scripts.ts';
import { strictUpstream, type Upstream } from './upstream/server.ts';

/** A server started from the command line has everything to compile first. */
const patientlyMs = 90_000;

describe('[MCP-03] [MCP-09] [MCP-22] servers from the command line', function () {
  this.timeout(patientlyMs);
  let folder: string;
  const upstreams: Record<string, Upstream> = {};
  const names = ['stripe', 'wordpress', 'ga4'];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bizosaas-mcp-'));
    for (const name of names) {
      const contract = await contractOf(name);
      upstreams[name] = await strictUpstream(contract);
      await writeFile(fileOf(name), JSON.stringify(contract.credentials));
      await chmod(fileOf(name), 0o644);
    }
  });
  afterEach(endAll);
  after(async () => {
    await Promise.all(Object.values(upstreams).map((upstream) => upstream.close()));
    await rm(folder, { recursive: true });
  });

  const fileOf = (name: string) => join(folder, `${name}.json`);
  const argsOf = (name: string) => [
    ...['mcp', name, '--base-url', upstreams[name]!.url],
    ...['--credentials', fileOf(name)],
  ];

  async function works(name: string, kind: (typeof clientKinds)[number], place: Place) {
    const server = findServer(name)!;
    const client = await openClient(kind, place);
    try {
      assert.equal((await client.tools()).length, server.tools.length);
      const done = await client.call(server.probe.tool, server.probe.arguments);
      assert.ok(!done.isError, JSON.stringify(done.content));
      assert.deepEqual(upstreams[name]!.violations(), []);
    } finally {
      await client.close();
    }
  }

  const overStdio: [string, (typeof clientKinds)[number], string[]][] = [
    ['stripe', 'v1', ['npx', 'bizosaas']],
    ['wordpress', 'v2', [process.execPath, cli]],
    ['ga4', 'v2 auto', [process.execPath, cli]],
  ];
  for (const [name, kind, [program = '', ...first]] of overStdio) {
    it(`${name}-mcp over stdio with a client ${kind}`, () =>
      works(name, kind, { program, args: [...first, ...argsOf(name)] }));
  }

  for (const name of names) {
    it(`${name}-mcp over HTTP with all clients at once`, async () => {
      const server = start(...argsOf(name), '--http', '0');
      const [, url = ''] = await server.shows(/-mcp at (\S+)/);
      await Promise.all(clientKinds.map((kind) => works(name, kind, { url })));
      server.process.kill('SIGTERM');
      assert.equal((await server.ended()).code, 0);
      assert.equal(server.said.out, '');
    });
  }

  it('writes renewed credentials back before they are used, for their owner only', async () => {
    const upstream = upstreams['ga4']!;
    const { probe } = findServer('ga4')!;
    upstream.forget();
    upstream.expireTokens();
    const server = start(...argsOf('ga4'), '--http', '0');
    const [, url = ''] = await server.shows(/-mcp at (\S+)/);
    const client = await openClient('v2', { url });
    // The refused try is no script's: the next one is the first with the new token.
    let kept: Record<string, string> = {};
    upstream.next(({ proceed }) => {
      kept = JSON.parse(readFileSync(fileOf('ga4'), 'utf8')) as Record<string, string>;
      return proceed();
    });
    const done = await client.call(probe.tool, probe.arguments);
    assert.ok(!done.isError, JSON.stringify(done.content));
    const used = upstream.requests().at(-1)?.headers['authorization'];
    assert.equal(used, 'Bearer access-1');
    assert.equal(kept['accessToken'], 'access-1');
    assert.equal(kept['refreshToken'], 'refresh-0');
    assert.ok(Date.parse(kept['expiresAt'] ?? '') > Date.now());
    assert.equal((await stat(fileOf('ga4'))).mode & 0o777, 0o600);
    assert.deepEqual((await readdir(folder)).sort(), names.map((name) => `${name}.json`).sort());
    await client.close();
    server.process.kill('SIGTERM');
    await server.ended();
  });

  describe('says in one sentence what is wrong, and ends with 2', () => {
    let taken: ReturnType<typeof createServer>;
    let port: string;
    before(async () => {
      taken = createServer();
      await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
      port = String((taken.address() as AddressInfo).port);
      await writeFile(join(folder, 'garbled.txt'), 'rk_live_Garbled = yes');
    });
    after(() => taken.close());

    const cases: [string, () => string[], RegExp][] = [
      ['an unknown server', () => ['mcp', 'unknown'], /There is no server "unknown"/],
      ['a port that is taken', () => ['mcp', 'stripe', '--http', port], /Port \d+ is taken/],
      ['no file', () => ['mcp', 'ga4', '--credentials', join(folder, 'no.json')], /no credentials file/],
      ['no JSON', () => ['mcp', 'ga4', '--credentials', join(folder, 'garbled.txt')], /is not JSON/],
    ];
    it('without a word on the standard output', async () => {
      const outcomes = cases.map(async ([what, args, sentence]) => {
        const { code, out, err } = await finished(...args());
        assert.equal(code, 2, `${what}: ${err}`);
        assert.equal(out, '', what);
        assert.match(err, sentence, what);
        assert.equal(err.trimEnd().split('\n').length, 1, `${what}: ${err}`);
        assert.doesNotMatch(err, /Garbled/, what);
      });
      await Promise.all(outcomes);
    });

    it('also about what was typed', () => {
      const typed: [string[], RegExp][] = [
        [[], /no server ""/],
        [['stripe', 'xero'], /^One server at a time: stripe, xero\.$/],
        [['stripe', '--prot', '1'], /^Unknown option '--prot'\.$/],
        [['stripe', '--http'], /^Option '--http <value>' argument missing\.$/],
        [['stripe', '--http', '70000'], /^--http takes a port from 0 to 65535\.$/],
        [['stripe', '--http', 'x'], /^--http takes a port from 0 to 65535\.$/],
        [['stripe', '--base-url', 'ftp://x'], /^--base-url takes an http or https address\.$/],
      ];
      for (const [args, sentence] of typed) assert.match(readArguments(args) as string, sentence);
      assert.equal(typeof readArguments(['stripe-mcp', '--http', '0']), 'object');
    });

    it('also about a credentials file, and nothing of what it holds', async () => {
      const odd = join(folder, 'odd.txt');
      for (const content of ['', '{"apiKey": 51}', '["rk_live_Garbled"]', '"rk_live_Garbled"', 'null']) {
        await writeFile(odd, content);
        await assert.rejects(credentialsIn(odd), (error: Error) => {
          assert.match(error.message, /^The credentials file .* is not JSON with texts by field/);
          assert.doesNotMatch(error.message, /Garbled|51/);
          return error instanceof CredentialsFileError;
        });
      }
      await rm(odd);
      await assert.rejects(credentialsIn(folder), /cannot be read \(EISDIR\)/);
    });
  });

  describe('ends within a second', () => {
    it('at SIGTERM, also with a call under way', async () => {
      const upstream = upstreams['stripe']!;
      const { probe } = findServer('stripe')!;
      const server = start(...argsOf('stripe'), '--http', '0');
      const [, url = ''] = await server.shows(/-mcp at (\S+)/);
      const client = await openClient('v2', { url });
      upstream.forget();
      upstream.next(slowly(20_000));
      const cut = assert.rejects(client.call(probe.tool, probe.arguments));
      while (upstream.requests().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      server.process.kill('SIGTERM');
      const { code, signal, withinMs } = await server.ended();
      assert.deepEqual([code, signal], [0, null]);
      assert.ok(withinMs < 1_000, `${withinMs} ms`);
      await cut;
      await client.close().catch(() => undefined);
    });

    for (const how of ['SIGTERM', 'the end of its input'] as const) {
      it(`over stdio at ${how}`, async () => {
        const server = start(...argsOf('stripe'));
        const hello = { jsonrpc: '2.0', id: 1, method: 'initialize' };
        const params = {
          protocolVersion: '2025-11-25',
          capabilities: {},
          clientInfo: { name: 'by-hand', version: '1' },
        };
        server.process.stdin?.write(`${JSON.stringify({ ...hello, params })}\n`);
        while (!server.said.out.includes('\n')) await new Promise((resolve) => setTimeout(resolve, 10));
        const answer = JSON.parse(server.said.out) as { result: { serverInfo: { name: string } } };
        assert.equal(answer.result.serverInfo.name, 'stripe-mcp');
        if (how === 'SIGTERM') server.process.kill('SIGTERM');
        else server.process.stdin?.end();
        const { code, withinMs } = await server.ended();
        assert.equal(code, 0, server.said.err);
        assert.ok(withinMs < 1_000, `${withinMs} ms`);
        assert.equal(server.said.err, '');
      });
    }
  });

  it('mcp list --json loses nothing when its reader is slow', async () => {
    const slowly = `"${process.execPath}" ${cli} mcp list --json | (head -c 1 > /dev/null; sleep 1; cat)`;
    const { stdout } = await promisify(execFile)('sh', ['-c', slowly], { maxBuffer: 4 * 1024 * 1024 });
    // Longer than a pipe holds, or this would show nothing.
    assert.ok(stdout.length > 65_536);
    assert.equal((JSON.parse(`[${stdout}`) as unknown[]).length, servers.length);
  });

  it('mcp list refuses words it does not know, with exit code 2', async () => {
    const { code, out } = await finished('mcp', 'list', '--josn');
    assert.equal(code, 2, out);
    assert.match(out, /mcp list takes no "--josn"\. Usage: npx bizosaas mcp list \[--json\]/);
  });

  it('mcp list --json tells other programs everything about every server', async () => {
    const { code, out, err } = await finished('mcp', 'list', '--json');
    assert.deepEqual([code, err], [0, '']);
    const listed = JSON.parse(out) as Record<string, any>[];
    assert.deepEqual(
      listed.map(({ name }) => name as string),
      servers.map(({ name }) => name),
    );
    for (const entry of listed) {
      const name = entry['name'] as string;
      assert.deepEqual(
        Object.keys(entry).sort(),
        [
          'auth',
          'category',
          'credentials',
          'docsUrl',
          'name',
          'priority',
          'summary',
          'title',
          'tools',
          'version',
          'webhook',
        ],
        name,
      );
      for (const key of ['title', 'category', 'summary']) assert.ok(entry[key].length > 1, `${name} ${key}`);
      assert.ok(serverPriorities.includes(entry['priority']), name);
      assert.ok(['key', 'token', 'oauth2'].includes(entry['auth']), name);
      assert.match(entry['version'], /^\d+\.\d+\.\d+$/);
      assert.ok(URL.canParse(entry['docsUrl']), name);
      assert.ok(entry['webhook'] === null || entry['webhook'].length > 5, name);
      assert.ok(entry['credentials'].length > 0, name);
      for (const one of entry['credentials']) credentialField.strict().parse(one);
      assert.ok(entry['tools'].length >= 6, name);
      for (const tool of entry['tools']) {
        assert.deepEqual(Object.keys(tool).sort(), ['idempotent', 'name', 'risk', 'title']);
        assert.ok(riskClasses.includes(tool.risk), tool.name);
      }
    }
  });
});
