import { z } from 'zod';
import { reason, text } from '../../../db/domain/common.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import { issueCodes } from '../../../db/domain/runs/templates/issue.ts';

export const templateId = z.string().regex(idPattern('workflowTemplate'));
export const params = z.object({ templateId });

export const versionNumber = z.coerce.number().int().min(1).max(1_000_000);

export const title = text(80);
export const summary = text(300);
/** What people call a version: "With a second reminder". */
export const label = text(80);
/** Checked by `readDefinition`, which tells every problem at its place. */
export const definition = z.unknown();

export const item = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  /** Your own, shared by the platform, or part of the product. */
  origin: z.enum(['own', 'platform', 'curated']),
  liveVersion: z.number().int().nullable(),
  newestVersion: z.number().int(),
  forkedFrom: z.string().nullable(),
  forkedVersion: z.number().int().nullable(),
  updatedAt: z.string().nullable(),
});
export const issue = z.object({
  at: z.string(),
  step: z.string().nullable(),
  code: z.enum(issueCodes),
  text: z.string(),
  place: z.number().int().optional(),
});
export const version = z.object({
  version: z.number().int(),
  label: z.string().nullable(),
  createdBy: z.string(),
  createdAt: z.string(),
  publishedAt: z.string().nullable(),
});
export const saved = z.object({ id: z.string(), version: z.number().int(), issues: z.array(issue) });
export const dryRunAnswer = z.object({
  state: z.enum(['done', 'failed']),
  startedAt: z.string(),
  endsAt: z.string(),
  taken: z.array(z.object({ key: z.string(), path: z.string(), kind: z.string(), outcome: z.string() })),
  effects: z.array(z.object({ path: z.string(), effect: z.unknown(), result: z.unknown(), at: z.string() })),
  result: z.record(z.string(), z.unknown()),
  fault: z.object({ code: z.string(), about: z.string() }).nullable(),
});

export const startBody = z.strictObject({
  parameters: z.record(z.string(), z.unknown()).default({}),
  /** Administrators choose the business; people of a business start for their own. */
  tenantId: z.string().max(60).optional(),
  reason: reason.optional(),
});
