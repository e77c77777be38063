import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConformanceSuite } from '../../../support/conformance-suite.ts';

/** Revisions of the protocol: with sessions and a handshake, and without. */
export const revisions = ['2025-11-25', '2026-07-28'] as const;
export type Revision = (typeof revisions)[number];

/** One statement of the suite about the server. */
export interface Check {
  id: string;
  status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  errorMessage?: string;
}

/** Every message of every scenario is held against the revision's schema under this name. */
export const wireCheck = 'wire-schema-valid';

/** What a revision requires of a server, and what the suite runs beside it, by scenario. */
export async function runSuite(
  { node, cli }: ConformanceSuite,
  url: string,
  revision: Revision,
): Promise<Map<string, Check[]>> {
  const results = await mkdtemp(join(tmpdir(), 'bizosaas-conformance-'));
  try {
    const said = await outputOf(node, [
      cli,
      'server',
      '--url',
      url,
      '--requirements',
      revision,
      '-o',
      results,
    ]);
    const checks = new Map<string, Check[]>();
    for (const folder of await readdir(results)) {
      const scenario = /^server-(.+)-\d{4}-\d{2}-\d{2}T/.exec(folder)?.[1] ?? folder;
      const content = await readFile(join(results, folder, 'checks.json'), 'utf8');
      checks.set(scenario, JSON.parse(content) as Check[]);
    }
    const wanted = [...said.matchAll(/^=== Running scenario: (.+) ===$/gm)].length;
    if (!said.includes('=== SUMMARY ===') || checks.size !== wanted) {
      throw new Error(`The conformance suite broke off:\n${said.slice(-2_000)}`);
    }
    return checks;
  } finally {
    await rm(results, { recursive: true, force: true });
  }
}

/** What a program prints; its exit code only repeats that some scenario failed. */
function outputOf(program: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 240_000 });
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString()));
    child.stderr.on('data', (part: Buffer) => (text += part.toString()));
    child.once('error', reject);
    child.once('close', () => resolve(text));
  });
}
