import * as z from 'zod';
import { VendorError } from '../../kit/errors.ts';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';
import { pullTools } from './pulls.ts';
import {
  at,
  branch,
  fileAt,
  issue,
  marked,
  markOf,
  number,
  pagesOf,
  readFile,
  repository,
  storedIssue,
  toIssue,
} from './repository.ts';
import { dayMs } from '../../kit/time.ts';

const file = z
  .string()
  .max(1_000)
  .regex(/^[^/]+(\/[^/]+)*$/, 'Write the path without a slash at its ends');
const text = z.string().min(1).max(60_000);

export const tools = [
  defineTool({
    name: 'github_list_repositories',
    title: 'List repositories',
    description: 'Repositories that the connection reaches, those worked on last first.',
    risk: 'read',
    input: pageInput(100),
    example: { limit: 10 },
    output: pageOutput(
      z.object({
        name: z.string(),
        description: z.string().nullable(),
        is_private: z.boolean(),
        default_branch: z.string(),
        url: z.string(),
      }),
    ),
    async run(asked, api) {
      const stored = z.object({
        full_name: z.string(),
        description: z.string().nullish(),
        private: z.boolean(),
        default_branch: z.string(),
        html_url: z.string(),
      });
      const query = { sort: 'pushed' };
      const page = await api.list('/user/repos', stored, pagesOf(''), asked, { query });
      const items = page.items.map((one) => ({
        name: one.full_name,
        description: one.description ?? null,
        is_private: one.private,
        default_branch: one.default_branch,
        url: one.html_url,
      }));
      return { ...page, items };
    },
  }),

  defineTool({
    name: 'github_list_issues',
    title: 'List issues',
    description: 'Issues of a repository, changed last first. Pull requests are among them and marked.',
    risk: 'read',
    input: {
      repository,
      state: z.enum(['open', 'closed', 'all']).default('open'),
      label: z.string().min(1).max(50).optional(),
      ...pageInput(100),
    },
    example: { repository: 'lovelace/engines', state: 'open', label: 'bug', limit: 10 },
    output: pageOutput(issue),
    async run({ repository: name, state, label, ...asked }, api) {
      const query = { state, labels: label, sort: 'updated' };
      const page = await api.list(`${at(name)}/issues`, storedIssue, pagesOf(''), asked, { query });
      return { ...page, items: page.items.map(toIssue) };
    },
  }),

  defineTool({
    name: 'github_search_issues',
    title: 'Search issues',
    description: 'Issues and pull requests by words in them; in one repository when it is given.',
    risk: 'read',
    input: {
      words: z
        .string()
        .min(1)
        .max(200)
        .describe('Words, and qualifiers as GitHub takes them, such as is:issue'),
      repository: repository.optional(),
      ...pageInput(100),
    },
    example: { words: 'is:issue invoice total', repository: 'lovelace/engines', limit: 10 },
    output: pageOutput(issue),
    async run({ words, repository: name, ...asked }, api) {
      const query = { q: name ? `repo:${name} ${words}` : words };
      const page = await api.list('/search/issues', storedIssue, pagesOf('items'), asked, { query });
      return { ...page, items: page.items.map(toIssue) };
    },
  }),

  defineTool({
    name: 'github_create_issue',
    title: 'Create issue',
    description: 'Opens an issue. Who watches the repository is told.',
    risk: 'write',
    looksFirst: true,
    input: {
      repository,
      title: z.string().min(1).max(256),
      body: text.optional(),
      labels: z.array(z.string().min(1).max(50)).max(20).default([]),
    },
    example: {
      repository: 'lovelace/engines',
      title: 'Totals are wrong by one cent',
      body: 'Seen on invoice CARE-2026-11.',
      labels: ['bug'],
    },
    output: issue,
    async run({ repository: name, title, body, labels }, api) {
      const address = `${at(name)}/issues`;
      const made = await api.createOnce({
        async find() {
          const query = { state: 'all', sort: 'created', per_page: 100 };
          const newest = await api.get(address, z.array(storedIssue), { query });
          return newest.find((one) => one.body?.includes(markOf(api))) ?? null;
        },
        create: () =>
          api.post(address, storedIssue, { body: { title, body: marked(body ?? '', api), labels } }),
      });
      return toIssue(made);
    },
  }),

  defineTool({
    name: 'github_comment_on_issue',
    title: 'Comment on issue',
    description: 'Writes a comment under an issue or pull request. Everybody who takes part in it is told.',
    risk: 'send',
    looksFirst: true,
    input: { repository, number, body: text },
    example: { repository: 'lovelace/engines', number: 42, body: 'Fixed, live tonight.' },
    output: z.object({ id: z.int(), url: z.string() }),
    async run({ repository: name, number: issueNumber, body }, api) {
      const address = `${at(name)}${path`/issues/${issueNumber}/comments`}`;
      const stored = z.object({ id: z.int(), html_url: z.string(), body: z.string().nullish() });
      const { id, html_url } = await api.createOnce({
        async find() {
          // Comments come oldest first; attempts of one call are within a day.
          const since = new Date(Date.now() - dayMs).toISOString();
          const recent = await api.get(address, z.array(stored), { query: { since, per_page: 100 } });
          return recent.find((one) => one.body?.includes(markOf(api))) ?? null;
        },
        create: () => api.post(address, stored, { body: { body: marked(body, api) } }),
      });
      return { id, url: html_url };
    },
  }),

  defineTool({
    name: 'github_read_file',
    title: 'Read file',
    description: 'The text of a file of up to a megabyte, on the given branch or the main one.',
    risk: 'read',
    input: { repository, path: file, branch: branch.optional() },
    example: { repository: 'lovelace/engines', path: 'docs/start here.md', branch: 'main' },
    output: z.object({
      path: z.string(),
      sha: z.string(),
      size_bytes: z.int(),
      text: z.string(),
      url: z.string().nullable(),
    }),
    run: (input, api) => readFile(api, input.repository, input.path, input.branch),
  }),

  defineTool({
    name: 'github_save_file',
    title: 'Save file',
    description: 'Writes a text file with a commit: makes it, or replaces it as it is now.',
    risk: 'write',
    looksFirst: true,
    input: {
      repository,
      path: file,
      text: z.string().max(500_000),
      message: z.string().min(1).max(1_000).describe('What the commit says'),
      branch: branch.optional(),
    },
    example: {
      repository: 'lovelace/engines',
      path: 'docs/prices.md',
      text: '# Prices\n\nCare: 49 € a month\n',
      message: 'docs: new price of care',
      branch: 'main',
    },
    output: z.object({ path: z.string(), sha: z.string() }),
    async run({ repository: name, path: filePath, text: wanted, message, branch: on }, api) {
      const now = async () => {
        try {
          return await readFile(api, name, filePath, on);
        } catch (error) {
          if (error instanceof VendorError && error.kind === 'not-found') return null;
          throw error;
        }
      };
      const before = await now();
      const saved = await api.createOnce({
        async find() {
          const there = await now();
          return there?.text === wanted ? { content: there } : null;
        },
        create: () =>
          api.put(
            fileAt(name, filePath),
            z.object({ content: z.object({ path: z.string(), sha: z.string() }) }),
            {
              body: {
                message,
                content: Buffer.from(wanted).toString('base64'),
                sha: before?.sha,
                branch: on,
              },
              // A second one would be refused, since the file is no longer what it was.
              repeatable: false,
            },
          ),
      });
      return { path: saved.content.path, sha: saved.content.sha };
    },
  }),

  ...pullTools,
];
