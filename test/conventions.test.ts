import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflows } from '../workers/bundle.ts';
import { contracts } from '../workflows/contracts.ts';
import { workflowType } from '../workflows/define.ts';
import { projectRoot, sourceFiles, sourceFolders } from './support/source-files.ts';

const inlineCode =
  /\sstyle=|\son(?:click|change|submit|load|input|invalid|error|focus|blur|toggle|key\w+|mouse\w+|pointer\w+)=|javascript:|<script(?![^>]*\ssrc=)[^>]*>/i;

const read = (path: string) => readFile(join(projectRoot, path), 'utf8');

async function allFiles(): Promise<string[]> {
  return (await Promise.all(sourceFolders.map((folder) => sourceFiles(folder)))).flat();
}

/** Code without comments, so that a comment about a rule does not break it. */
function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');
}

/** Every process as "capability/verb-noun", sorted by its own name. */
async function processPaths(): Promise<string[]> {
  const files = (await sourceFiles('workflows')).filter((path) => path.endsWith('.workflow.ts'));
  const nameOf = (path: string) => path.split('/').at(-1) as string;
  return files
    .map((path) => path.replace(/^workflows\/|\.workflow\.ts$/g, ''))
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

async function processNames(): Promise<string[]> {
  return (await processPaths()).map((path) => path.split('/').at(-1) as string);
}

describe('processes', () => {
  it('come in pairs: a contract and a workflow of the same name', async () => {
    const files = await sourceFiles('workflows');
    const names = (ending: string) =>
      files.filter((path) => path.endsWith(ending)).map((path) => path.slice(0, -ending.length));
    assert.deepEqual(names('.contract.ts'), names('.workflow.ts'));
  });

  it('are all listed in contracts.ts, sorted, under their own name', async () => {
    assert.deepEqual(Object.keys(contracts), await processNames());
    for (const [name, contract] of Object.entries(contracts)) assert.equal(contract.name, name);
  });

  it('are all exported by index.ts, one sorted line each, by the name Temporal knows', async () => {
    const lines = (await read('workflows/index.ts')).trim().split('\n');
    const expected = (await processPaths()).map(
      (path) => `export { ${workflowType(path.split('/').at(-1) as string)} } from './${path}.workflow.ts';`,
    );
    assert.deepEqual(lines, expected);
  });

  it('have steps and messages that are named once', () => {
    for (const { name, steps } of Object.values(contracts)) {
      const keys = steps.map(({ key }) => key);
      assert.deepEqual([...new Set(keys)], keys, name);
    }
  });
});

describe('activities', () => {
  it('have names that occur once over all files', async () => {
    const owners = new Map<string, string>();
    for (const path of (await sourceFiles('activities')).filter((name) =>
      /^activities\/(?!mcp|adapters|shared)[^/]+\/[^/]+\.ts$/.test(name),
    )) {
      for (const [, name] of (await read(path)).matchAll(/^ {4}async (\w+)\(/gm)) {
        assert.equal(
          owners.get(name ?? ''),
          undefined,
          `${name} is in ${path} and in ${owners.get(name ?? '')}`,
        );
        owners.set(name ?? '', path);
      }
    }
    assert.ok(owners.size >= 10, 'activities were found');
  });
});

describe('source files', () => {
  it('are at most 400 lines long, half of them at most 90', async () => {
    const lengths = await Promise.all(
      (await allFiles()).map(async (path) => ({ path, lines: (await read(path)).split('\n').length - 1 })),
    );
    assert.deepEqual(
      lengths.filter(({ lines }) => lines > 400),
      [],
    );
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    assert.ok((sorted[Math.floor(sorted.length / 2)] ?? 0) <= 90);
  });

  it('have kebab-case names', async () => {
    const shape = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*\.(ts|tsx|mjs|cjs)$/;
    const named = (path: string) =>
      shape.test(
        path
          .split('/')
          .at(-1)
          ?.replace(/^\d{4}_/, '')
          .replaceAll('_', path.startsWith('db/migrations/') ? '-' : '_') ?? '',
      );
    assert.deepEqual(
      (await allFiles()).filter((path) => !named(path)),
      [],
    );
  });

  it('export by name only', async () => {
    const found: string[] = [];
    for (const path of await allFiles()) {
      const code = withoutComments(await read(path));
      if (/^export default\b/m.test(code) || /^export \{[^}]*\bas default\b/m.test(code)) found.push(path);
    }
    assert.deepEqual(found, []);
  });

  it('read the environment in one place', async () => {
    const may = /^(workers\/runtime\/config\.ts$|workers\/dev\/|test\/)/;
    const found: string[] = [];
    for (const path of (await allFiles()).filter((name) => !may.test(name))) {
      const code = withoutComments(await read(path)).replace(/NodeJS\.ProcessEnv/g, '');
      if (/\bprocess\s*(\.|\?\.)\s*env\b|\bprocess\[['"]env/.test(code)) found.push(path);
    }
    assert.deepEqual(found, []);
  });

  it('say nothing to the page that the content security policy would refuse', async () => {
    const found: string[] = [];
    for (const path of await sourceFiles('templates', /\.(ts|tsx|html)$/)) {
      // Mail clients know only inline styles, and mails are not pages.
      if (path.startsWith('templates/email/')) continue;
      const code = withoutComments(await read(path));
      const inline = inlineCode.exec(code);
      if (inline) found.push(`${path}: ${inline[0].trim()}`);
    }
    assert.deepEqual(found, []);
  });
});

describe('the workflow bundle', () => {
  it('holds no zod and no Node built-in, and is the same every time', async function () {
    this.timeout(120_000);
    const { code: first } = await bundleWorkflows();
    for (const marker of ['node_modules/zod', 'ZodError', '_zod', 'node_modules/knex', 'node_modules/pg/']) {
      assert.ok(!first.includes(marker), `the bundle holds ${marker}`);
    }
    const builtins = [...first.matchAll(/external "?(node:[a-z_/]+)/g)].map(([, name]) => name);
    assert.deepEqual(builtins, []);
    for (const type of (await processNames()).map(workflowType)) assert.ok(first.includes(type), type);
    assert.equal(stripMap((await bundleWorkflows()).code), stripMap(first));
  });
});

/** The code itself; the source map behind it repeats it in another form. */
function stripMap(code: string): string {
  return code.replace(/\n\/\/# sourceMappingURL=.*$/s, '');
}
