import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunningWordPress } from '../../workers/dev/wordpress/start.ts';
import { startWordPress } from '../../workers/dev/wordpress/start.ts';
import { stoppedAtTheEnd, testDirectory } from './workspace.ts';

/** A plugin of ours for tests, in the folder beside this file. */
type TestPlugin = 'fluentcrm-double';

export type RestAnswer = Readonly<{ status: number; headers: Headers; body: any }>;

/** A site of one's own, and a way to ask its REST API as its administrator. */
export type TestSite = RunningWordPress &
  Readonly<{
    /** `path` begins after `/wp-json`; a body that is not a Buffer goes as JSON. */
    ask: (
      method: string,
      path: string,
      body?: unknown,
      headers?: Record<string, string>,
    ) => Promise<RestAnswer>;
  }>;

const plugins = fileURLToPath(new URL('wordpress', import.meta.url));

/** A fresh, real WordPress with nothing in it but what WordPress itself puts there and the plugins named. */
export async function testWordPress(...names: TestPlugin[]): Promise<TestSite> {
  const dataDir = await testDirectory('wordpress');
  const running = stoppedAtTheEnd(
    await startWordPress({ dataDir, say: (line) => process.stderr.write(`${line}\n`) }),
  );
  const site = { ...running, ask: asking(running) };
  for (const name of names) {
    await cp(join(plugins, name), join(site.files, 'wp-content', 'plugins', name), { recursive: true });
    const { status, body } = await site.ask('POST', `/wp/v2/plugins/${name}/${name}`, { status: 'active' });
    if (status !== 200) throw new Error(`${name} was not activated: ${JSON.stringify(body)}`);
  }
  return site;
}

/** The header a person or connector signs in with. */
export function basicAuth(user: string, password: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

function asking({ url, user, applicationPassword }: RunningWordPress): TestSite['ask'] {
  return async (method, path, body, headers) => {
    const raw = Buffer.isBuffer(body);
    const answer = await fetch(`${url}/wp-json${path}`, {
      method,
      headers: {
        ...basicAuth(user, applicationPassword),
        ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : raw ? new Uint8Array(body) : JSON.stringify(body),
    });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
}
