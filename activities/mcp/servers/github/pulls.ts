import * as z from 'zod';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import {
  alertPages,
  at,
  branch,
  number,
  pagesOf,
  pull,
  repository,
  storedPull,
  toPull,
} from './repository.ts';

const workflow = z
  .string()
  .regex(/^(\d+|[\w.-]+\.ya?ml)$/, 'Use the file name or the number of the workflow');

export const pullTools = [
  defineTool({
    name: 'github_create_pull_request',
    title: 'Create pull request',
    description: 'Proposes to take a branch into another. The one that is open for both already is returned.',
    risk: 'write',
    looksFirst: true,
    input: {
      repository,
      from: branch,
      into: branch,
      title: z.string().min(1).max(256),
      body: z.string().max(60_000).optional(),
    },
    example: {
      repository: 'lovelace/engines',
      from: 'new-prices',
      into: 'main',
      title: 'New prices',
      body: 'From December on.',
    },
    output: pull,
    async run({ repository: name, from, into, title, body }, api) {
      const address = `${at(name)}/pulls`;
      const [owner = ''] = name.split('/');
      const made = await api.createOnce({
        async find() {
          const query = { state: 'open', head: `${owner}:${from}`, base: into };
          const [open] = await api.get(address, z.array(storedPull), { query });
          return open ?? null;
        },
        create: () => api.post(address, storedPull, { body: { title, head: from, base: into, body } }),
      });
      return toPull(made);
    },
  }),

  defineTool({
    name: 'github_merge_pull_request',
    title: 'Merge pull request',
    description:
      'Takes a pull request into its branch, if it is still at the given commit. It stays in the history.',
    risk: 'destructive',
    idempotent: true,
    looksFirst: true,
    input: {
      repository,
      number,
      head_sha: z.string().regex(/^[0-9a-f]{40}$/, 'Use the full hash of the newest commit'),
      method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
    },
    example: {
      repository: 'lovelace/engines',
      number: 43,
      head_sha: '7d9fa1b2c3d4e5f60718293a4b5c6d7e8f901234',
      method: 'squash',
    },
    output: z.object({ number: z.int(), merged: z.literal(true) }),
    async run({ repository: name, number: pullNumber, head_sha, method }, api) {
      const address = `${at(name)}${path`/pulls/${pullNumber}`}`;
      await api.createOnce({
        async find() {
          const { merged } = await api.get(address, storedPull);
          return merged ? true : null;
        },
        async create() {
          const body = { sha: head_sha, merge_method: method };
          // A second one would be refused, since it is merged already.
          await api.put(`${address}/merge`, z.object({ merged: z.literal(true) }), {
            body,
            repeatable: false,
          });
          return true;
        },
      });
      return { number: pullNumber, merged: true as const };
    },
  }),

  defineTool({
    name: 'github_run_workflow',
    title: 'Run workflow',
    description: 'Starts a workflow that can be started by hand, on a branch or tag.',
    risk: 'write',
    input: {
      repository,
      workflow,
      ref: branch,
      inputs: z.record(z.string().max(100), z.string().max(10_000)).optional(),
    },
    example: {
      repository: 'lovelace/engines',
      workflow: 'deploy.yml',
      ref: 'main',
      inputs: { stage: 'live' },
    },
    output: z.object({ started: z.literal(true) }),
    async run({ repository: name, workflow: file, ref, inputs }, api) {
      const address = `${at(name)}${path`/actions/workflows/${file}/dispatches`}`;
      await api.send('POST', { path: address, body: { ref, inputs } });
      return { started: true as const };
    },
  }),

  defineTool({
    name: 'github_list_workflow_runs',
    title: 'List workflow runs',
    description: 'Runs of workflows, newest first, with how they ended.',
    risk: 'read',
    input: {
      repository,
      branch: branch.optional(),
      status: z.enum(['success', 'failure', 'cancelled', 'in_progress', 'queued']).optional(),
      ...pageInput(100),
    },
    example: { repository: 'lovelace/engines', branch: 'main', status: 'failure', limit: 10 },
    output: pageOutput(
      z.object({
        id: z.int(),
        name: z.string().nullable(),
        status: z.string().nullable(),
        conclusion: z.string().nullable(),
        branch: z.string().nullable(),
        started_at: z.string(),
        url: z.string(),
      }),
    ),
    async run({ repository: name, branch: on, status, ...asked }, api) {
      const stored = z.object({
        id: z.int(),
        name: z.string().nullish(),
        status: z.string().nullish(),
        conclusion: z.string().nullish(),
        head_branch: z.string().nullish(),
        created_at: z.string(),
        html_url: z.string(),
      });
      const query = { branch: on, status };
      const pages = pagesOf('workflow_runs');
      const page = await api.list(`${at(name)}/actions/runs`, stored, pages, asked, { query });
      const items = page.items.map((one) => ({
        id: one.id,
        name: one.name ?? null,
        status: one.status ?? null,
        conclusion: one.conclusion ?? null,
        branch: one.head_branch ?? null,
        started_at: one.created_at,
        url: one.html_url,
      }));
      return { ...page, items };
    },
  }),

  defineTool({
    name: 'github_list_security_alerts',
    title: 'List security alerts',
    description: 'Open warnings of vulnerable packages, with the version that mends each.',
    risk: 'read',
    input: {
      repository,
      severity: z.enum(['low', 'medium', 'high', 'critical']).optional(),
      ...pageInput(100),
    },
    example: { repository: 'lovelace/engines', severity: 'critical', limit: 10 },
    output: pageOutput(
      z.object({
        number: z.int(),
        severity: z.string(),
        package: z.string(),
        summary: z.string(),
        mended_in: z.string().nullable(),
        url: z.string(),
      }),
    ),
    async run({ repository: name, severity, ...asked }, api) {
      const stored = z.object({
        number: z.int(),
        html_url: z.string(),
        security_advisory: z.object({ summary: z.string(), severity: z.string() }),
        security_vulnerability: z.object({
          package: z.object({ name: z.string() }),
          first_patched_version: z.object({ identifier: z.string() }).nullish(),
        }),
      });
      const query = { state: 'open', severity };
      const page = await api.list(`${at(name)}/dependabot/alerts`, stored, alertPages, asked, { query });
      const items = page.items.map(({ security_advisory: said, security_vulnerability: found, ...one }) => ({
        number: one.number,
        severity: said.severity,
        package: found.package.name,
        summary: said.summary,
        mended_in: found.first_patched_version?.identifier ?? null,
        url: one.html_url,
      }));
      return { ...page, items };
    },
  }),
];
