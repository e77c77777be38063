import { z } from 'zod';
import { paging } from '../../../db/domain/common.ts';
import type { Issue } from '../../../db/domain/runs/templates/issue.ts';
import { issueText } from '../../../templates/shared/workflow-templates/issues-copy.ts';
import { idempotencyKeyOf } from '../../kit/idempotency-key.ts';
import { type AnyRoute, defineRoute } from '../../kit/route.ts';
import {
  copyTemplate,
  createTemplate,
  publishVersion,
  restoreVersion,
  type Saved,
  saveTemplate,
  upgradeCopy,
} from './change-template.ts';
import { issuesOf } from './checked.ts';
import { definitionOf, findSeen, listSeen, type Seen, versionsOf } from './home.ts';
import {
  definition,
  dryRunAnswer,
  issue,
  item,
  label,
  params,
  saved,
  startBody,
  summary,
  title,
  version,
  versionNumber,
} from './schemas.ts';
import { startTemplate, tryTemplate } from './start-template.ts';

const toItem = ({ updatedAt, ...seen }: Seen) => ({
  id: seen.id,
  title: seen.title,
  summary: seen.summary,
  origin: seen.origin,
  liveVersion: seen.liveVersion,
  newestVersion: seen.newestVersion,
  forkedFrom: seen.forkedFrom,
  forkedVersion: seen.forkedVersion,
  updatedAt: updatedAt?.toISOString() ?? null,
});
const toIssue = (one: Issue) => ({
  ...{ at: one.at, step: one.step, code: one.code, text: issueText(one) },
  ...(one.place !== undefined && { place: one.place }),
});
const toSaved = ({ issues, ...rest }: Saved) => ({ ...rest, issues: issues.map(toIssue) });

const one = '/api/templates/:templateId';

const reading: AnyRoute[] = [
  defineRoute({
    method: 'GET',
    path: '/api/templates',
    access: 'templates.read',
    summary: 'Workflow templates: your own, and those you can copy',
    query: paging,
    response: z.object({ items: z.array(item), shared: z.array(item), nextCursor: z.string().nullable() }),
    async handle(context, { query }) {
      const { own, shared, nextCursor } = await listSeen(context, query);
      return { items: own.map(toItem), shared: shared.map(toItem), nextCursor };
    },
  }),
  defineRoute({
    method: 'GET',
    path: one,
    access: 'templates.read',
    summary: 'A workflow template with what a version does, and what is wrong with it',
    params,
    query: z.object({ version: versionNumber.optional() }),
    response: item.extend({ version: z.number().int(), definition: z.unknown(), issues: z.array(issue) }),
    errors: ['template.not-found', 'template.version-not-found'],
    async handle(context, { params: { templateId }, query }) {
      const template = await findSeen(context, templateId);
      const asked = query.version ?? template.newestVersion;
      const found = await definitionOf(context, template, asked);
      const issues = await issuesOf(context, found, templateId);
      return { ...toItem(template), version: asked, definition: found, issues: issues.map(toIssue) };
    },
  }),
  defineRoute({
    method: 'GET',
    path: `${one}/versions`,
    access: 'templates.read',
    summary: 'The versions of a workflow template, the newest first',
    params,
    response: z.object({ items: z.array(version), nextCursor: z.null() }),
    errors: ['template.not-found'],
    async handle(context, { params: { templateId } }) {
      const found = await versionsOf(context, await findSeen(context, templateId));
      const items = found.map(({ createdAt, publishedAt, ...rest }) => ({
        version: rest.version,
        label: rest.label,
        createdBy: rest.createdBy,
        createdAt: createdAt.toISOString(),
        publishedAt: publishedAt?.toISOString() ?? null,
      }));
      return { items, nextCursor: null };
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${one}/dry-run`,
    access: 'templates.read',
    summary: 'Simulate a whole run of a version: nothing is sent, called or changed',
    params,
    body: z.strictObject({
      version: versionNumber.optional(),
      parameters: z.record(z.string(), z.unknown()).default({}),
    }),
    response: dryRunAnswer,
    errors: ['template.not-found', 'template.version-not-found', 'template.invalid'],
    async handle(context, { params: { templateId }, body }) {
      const template = await findSeen(context, templateId);
      const asked = body.version ?? template.newestVersion;
      return tryTemplate(context, template, { version: asked, parameters: body.parameters });
    },
  }),
];

const changing: AnyRoute[] = [
  defineRoute({
    method: 'POST',
    path: '/api/templates',
    access: 'templates.edit',
    status: 201,
    summary:
      'Create a workflow template; with an Idempotency-Key, a repeated request answers with the same one',
    body: z.strictObject({ title, summary, definition }),
    response: saved,
    errors: ['template.limit-reached'],
    handle: async (context, { body }) =>
      toSaved(await createTemplate(context, body, idempotencyKeyOf(context))),
  }),
  defineRoute({
    method: 'POST',
    path: `${one}/fork`,
    access: 'templates.edit',
    status: 201,
    summary: 'Copy a template; the copy is yours to change and can be started at once',
    params,
    body: z.strictObject({}),
    response: saved,
    errors: ['template.not-found', 'template.not-live', 'template.limit-reached'],
    handle: async (context, { params: { templateId } }) =>
      toSaved(await copyTemplate(context, templateId, idempotencyKeyOf(context))),
  }),
  defineRoute({
    method: 'POST',
    path: `${one}/versions`,
    access: 'templates.edit',
    status: 201,
    summary: 'Save a new draft of a template',
    params,
    body: z.strictObject({
      /** The version it was made from: with a newer one, nothing is saved. */
      base: versionNumber,
      definition,
      title: title.optional(),
      summary: summary.optional(),
    }),
    response: saved,
    errors: ['template.not-found', 'template.read-only', 'template.changed'],
    handle: async (context, { params: { templateId }, body }) =>
      toSaved(await saveTemplate(context, templateId, { ...body, definition: body.definition })),
  }),
  defineRoute({
    method: 'POST',
    path: `${one}/restore`,
    access: 'templates.edit',
    status: 201,
    summary: 'Take an earlier version as a new draft, to undo what came after it',
    params,
    body: z.strictObject({ version: versionNumber }),
    response: saved,
    errors: ['template.not-found', 'template.read-only', 'template.changed', 'template.version-not-found'],
    handle: async (context, { params: { templateId }, body }) =>
      toSaved(await restoreVersion(context, templateId, body.version)),
  }),
  defineRoute({
    method: 'POST',
    path: `${one}/upgrade`,
    access: 'templates.edit',
    status: 201,
    summary: 'Take the newer version of what a copy was made from as a new draft',
    params,
    body: z.strictObject({}),
    response: saved,
    errors: ['template.not-found', 'template.read-only', 'template.changed', 'template.version-not-found'],
    handle: async (context, { params: { templateId } }) => toSaved(await upgradeCopy(context, templateId)),
  }),
  defineRoute({
    method: 'POST',
    path: `${one}/publish`,
    access: 'templates.edit',
    summary: 'Make a version the one that starts use; running workflows finish on theirs',
    params,
    body: z.strictObject({ version: versionNumber, label: label.optional() }),
    response: z.object({ id: z.string(), liveVersion: z.number().int() }),
    errors: ['template.not-found', 'template.read-only', 'template.invalid', 'template.version-not-found'],
    async handle(context, { params: { templateId }, body }) {
      await publishVersion(context, templateId, body);
      return { id: templateId, liveVersion: body.version };
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${one}/start`,
    access: 'templates.start',
    status: 202,
    summary: 'Start the live version; with an Idempotency-Key, a repeated request answers with the same run',
    params,
    body: startBody,
    response: z.object({ workflowId: z.string(), runId: z.string(), version: z.number().int() }),
    errors: [
      'template.not-found',
      'template.read-only',
      'template.not-live',
      'template.invalid',
      'tenant.not-found',
    ],
    handle: (context, { params: { templateId }, body }) =>
      startTemplate(context, templateId, body, idempotencyKeyOf(context)),
  }),
];

export const templateRoutes: AnyRoute[] = [...reading, ...changing];
