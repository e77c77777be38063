import {
  type Answering,
  defineContract,
  json,
  ok,
  operation,
  type Recorded,
  reply,
} from '../upstream/contract.ts';
import { byPage } from '../upstream/pages.ts';
import {
  among,
  anyText,
  between,
  constant,
  dateTime,
  flag,
  integer,
  list,
  mapOf,
  matching,
  object,
  text,
  upTo,
} from '../upstream/shapes.ts';

const repo = '/repos/{owner}/{repo}';
const named = { owner: matching(/^[A-Za-z0-9-]{1,39}$/), repo: matching(/^[\w.-]{1,100}$/) };
const site = 'https://github.com/lovelace/engines';
const size = { 'per_page?': between(1, 100) };
const paging = { ...size, 'page?': between(1, 1_000_000) };
const sha = matching(/^[0-9a-f]{40}$/);
const commit = '7d9fa1b2c3d4e5f60718293a4b5c6d7e8f901234';
const moment = '2026-11-02T09:00:00Z';

const issue = {
  id: 3_001,
  number: 42,
  title: 'Totals are wrong by one cent',
  state: 'open',
  body: 'Seen on an invoice.',
  html_url: `${site}/issues/42`,
  labels: [{ id: 1, name: 'bug' }],
  comments: 0,
  created_at: moment,
  updated_at: moment,
};
const pull = {
  id: 4_001,
  number: 43,
  title: 'New prices',
  state: 'open',
  merged: false,
  html_url: `${site}/pull/43`,
  head: { ref: 'new-prices', sha: commit },
  base: { ref: 'main', sha: commit },
};
const comment = {
  id: 5_001,
  html_url: `${site}/issues/42#issuecomment-5001`,
  body: 'Fixed.',
  created_at: moment,
};
const given = ({ body }: Recorded) => body as Record<string, unknown>;

/** The Link header names the next page, and the repository by its number. */
function linkTo(request: Recorded, next: string): Record<string, string> {
  const search = new URLSearchParams(request.search);
  search.delete('page');
  const way = request.path.replace(/^\/repos\/[^/]+\/[^/]+/, '/repositories/1300192');
  return {
    link: `<https://api.github.com${way}?${search.toString()}${next}>; rel="next", <https://api.github.com${way}>; rel="last"`,
  };
}
const pages =
  (item: (n: number) => object, name?: string): Answering =>
  (request, memory) =>
    byPage({
      param: 'page',
      size: 'per_page',
      standard: 30,
      answer: (items, { page, pages: all, total }) =>
        ok(
          name ? { total_count: total, [name]: items } : items,
          page < all ? linkTo(request, `&page=${page + 1}`) : {},
        ),
    })(item)(request, memory);

const failure = (message: string, status: number, errors?: object[]) => ({
  message,
  ...(errors && { errors }),
  documentation_url: 'https://docs.github.com/rest',
  status: String(status),
});

const alert = (n: number) => ({
  number: n + 1,
  state: 'open',
  html_url: `${site}/security/dependabot/${n + 1}`,
  security_advisory: { ghsa_id: 'GHSA-xxxx', summary: 'A parser can be made to hang', severity: 'critical' },
  security_vulnerability: {
    package: { ecosystem: 'npm', name: 'slow-parser' },
    severity: 'critical',
    first_patched_version: { identifier: '2.0.1' },
  },
});
/** Alerts go by marks, not by numbers of pages. */
const alerts: Answering = (request) => {
  const perPage = Number(request.query['per_page'] ?? 30);
  const from = Number(request.query['after'] ?? 0);
  const until = Math.min(from + perPage, perPage * 2 + 1);
  const items = Array.from({ length: until - from }, (_, index) => alert(from + index));
  const rest = new URLSearchParams(request.search);
  rest.delete('after');
  const more = until < perPage * 2 + 1;
  return ok(items, more ? linkTo({ ...request, search: rest }, `&after=${until}`) : {});
};
const alertQuery = {
  ...size,
  'state?': text,
  'severity?': text,
  'after?': text,
  'before?': text,
  'sort?': among('created', 'updated', 'epss_percentage'),
};

/** REST API of GitHub, version 2026-03-10. No keys for writes. */
export const contract = defineContract({
  name: 'github',
  baseUrl: 'https://api.github.com',
  credentials: {
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    clientId: 'Iv1.contract',
    clientSecret: 'secret-of-the-contract',
    webhookSecret: 'hook-of-the-contract',
  },
  headers: {
    authorization: matching(/^Bearer \S+$/),
    'x-github-api-version': matching(/^(2022-11-28|2026-03-10)$/),
  },
  vendor: { kind: 'openapi', files: ['github/api.github.com.json'] },
  oauth: {
    route: 'POST /login/oauth/access_token',
    clientAuth: 'body',
    grants: {
      authorization_code: { code: text, redirect_uri: text, 'code_verifier?': text },
      refresh_token: { refresh_token: text },
    },
    rotates: true,
    lifeS: 28_800,
    answer: { refresh_token_expires_in: 15_811_200, scope: '' },
  },
  errors: {
    unauthorised: () => reply(401, failure('Bad credentials', 401)),
    // Limits come as 403 too.
    rateLimited: (retryAfterS) =>
      reply(403, failure('You have exceeded a secondary rate limit.', 403), {
        'retry-after': String(retryAfterS),
      }),
    invalid: (field, message) =>
      reply(422, failure('Validation Failed', 422, [{ resource: 'Issue', field, code: 'custom', message }])),
  },
  operations: [
    operation({
      id: 'listRepositories',
      route: 'GET /user/repos',
      query: { 'sort?': among('created', 'updated', 'pushed', 'full_name'), ...paging },
      answer: pages((n) => ({
        id: n,
        full_name: `lovelace/engine-${n}`,
        private: true,
        description: null,
        default_branch: 'main',
        html_url: `https://github.com/lovelace/engine-${n}`,
      })),
    }),
    operation({
      id: 'listIssues',
      route: `GET ${repo}/issues`,
      path: named,
      query: {
        'state?': among('open', 'closed', 'all'),
        'labels?': text,
        'sort?': among('created', 'updated', 'comments'),
        'direction?': among('asc', 'desc'),
        'since?': dateTime,
        ...paging,
      },
      answer(request, memory) {
        const made = memory.effects('createIssue').map((effect) => effect.answer.body);
        return made.length > 0 ? ok(made) : pages((n) => ({ ...issue, number: n + 1 }))(request, memory);
      },
    }),
    operation({
      id: 'createIssue',
      route: `POST ${repo}/issues`,
      path: named,
      body: json(
        object({ title: upTo(256), 'body?': anyText, 'labels?': list(text), 'assignees?': list(text) }),
      ),
      answer: (request) =>
        reply(201, {
          ...issue,
          ...given(request),
          labels: (given(request)['labels'] as string[]).map((name) => ({ name })),
        }),
    }),
    operation({
      id: 'searchIssues',
      route: 'GET /search/issues',
      query: { q: upTo(256), 'sort?': text, 'order?': among('asc', 'desc'), ...paging },
      answer: pages((n) => ({ ...issue, number: n + 1 }), 'items'),
    }),
    operation({
      id: 'listComments',
      route: `GET ${repo}/issues/{issue_number}/comments`,
      path: { ...named, issue_number: integer },
      query: { 'since?': dateTime, ...paging },
      answer: (_request, memory) => ok(memory.effects('createComment').map((effect) => effect.answer.body)),
    }),
    operation({
      id: 'createComment',
      route: `POST ${repo}/issues/{issue_number}/comments`,
      path: { ...named, issue_number: integer },
      body: json(object({ body: upTo(65_536) })),
      answer: (request) => reply(201, { ...comment, ...given(request) }),
    }),
    operation({
      id: 'getContent',
      route: `GET ${repo}/contents/{path+}`,
      path: named,
      query: { 'ref?': text },
      answer(request, memory) {
        const saved = memory.effects('saveContent').at(-1);
        const content = saved
          ? given(saved.request)['content']
          : Buffer.from('# Start here\n').toString('base64');
        return ok({
          type: 'file',
          encoding: 'base64',
          size: 13,
          name: 'start here.md',
          path: request.params['path'],
          // Broken into lines, as GitHub writes it.
          content: String(content as string).replace(/(.{60})/g, '$1\n'),
          sha: saved ? 'f'.repeat(40) : 'e'.repeat(40),
          html_url: `${site}/blob/main/docs`,
        });
      },
    }),
    operation({
      id: 'saveContent',
      route: `PUT ${repo}/contents/{path+}`,
      path: named,
      body: json(
        object({
          message: text,
          content: matching(/^[A-Za-z0-9+/]*={0,2}$/),
          'sha?': sha,
          'branch?': text,
        }),
      ),
      answer: (request, memory) =>
        memory.effects('saveContent').length > 0
          ? reply(409, failure('docs/prices.md does not match the newest version', 409))
          : ok({ content: { path: request.params['path'], sha: 'f'.repeat(40) }, commit: { sha: commit } }),
    }),
    operation({
      id: 'listPulls',
      route: `GET ${repo}/pulls`,
      path: named,
      query: {
        'state?': among('open', 'closed', 'all'),
        'head?': matching(/^[\w-]+:.+$/),
        'base?': text,
        ...paging,
      },
      answer: (_request, memory) => ok(memory.effects('createPull').map((effect) => effect.answer.body)),
    }),
    operation({
      id: 'createPull',
      route: `POST ${repo}/pulls`,
      path: named,
      body: json(object({ title: upTo(256), head: text, base: text, 'body?': anyText, 'draft?': flag })),
      answer: (request) => reply(201, { ...pull, title: given(request)['title'] }),
    }),
    operation({
      id: 'getPull',
      route: `GET ${repo}/pulls/{pull_number}`,
      path: { ...named, pull_number: integer },
      answer: (_request, memory) => ok({ ...pull, merged: memory.effects('mergePull').length > 0 }),
    }),
    operation({
      id: 'mergePull',
      route: `PUT ${repo}/pulls/{pull_number}/merge`,
      path: { ...named, pull_number: integer },
      body: json(
        object({
          'commit_title?': text,
          'commit_message?': text,
          'sha?': sha,
          'merge_method?': among('merge', 'squash', 'rebase'),
        }),
      ),
      answer: (_request, memory) =>
        memory.effects('mergePull').length > 0
          ? reply(405, failure('Pull Request is not mergeable', 405))
          : ok({ sha: commit, merged: true, message: 'Pull Request successfully merged' }),
    }),
    operation({
      id: 'dispatchWorkflow',
      route: `POST ${repo}/actions/workflows/{workflow_id}/dispatches`,
      path: { ...named, workflow_id: text },
      body: json(object({ ref: text, 'inputs?': mapOf(anyText), 'return_run_details?': constant(true) })),
      answer: reply(204),
    }),
    operation({
      id: 'listRuns',
      route: `GET ${repo}/actions/runs`,
      path: named,
      query: { 'branch?': text, 'status?': text, 'event?': text, ...paging },
      answer: pages(
        (n) => ({
          id: n,
          name: 'deploy',
          status: 'completed',
          conclusion: 'failure',
          head_branch: 'main',
          created_at: moment,
          html_url: `${site}/actions/runs/${n}`,
        }),
        'workflow_runs',
      ),
    }),
    operation({
      id: 'listAlerts',
      route: `GET ${repo}/dependabot/alerts`,
      path: named,
      query: alertQuery,
      answer: alerts,
    }),
    operation({
      id: 'listAlertsByNumber',
      route: 'GET /repositories/{repository_id}/dependabot/alerts',
      path: { repository_id: integer },
      query: alertQuery,
      answer: alerts,
      undescribed: 'The form that Link headers use; described by the name of the repository only.',
    }),
  ],
});
