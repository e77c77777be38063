import { z } from 'zod';
import { actor } from '../../db/domain/actor.ts';
import { idPattern } from '../../db/domain/ids.ts';
import { defineProcess, type StepDeclaration } from '../define.ts';

export const runTemplateContract = defineProcess({
  name: 'run-template',
  title: 'Workflow from a template',
  summary: 'Runs one version of a workflow template, step by step.',
  queue: 'core',
  about: 'workflowTemplate',
  trigger: null,
  // Its template says which steps there are; they come with the input.
  steps: [] as readonly StepDeclaration[],
  input: z.strictObject({
    tenantId: z.string(),
    templateId: z.string().regex(idPattern('workflowTemplate')),
    version: z.number().int().min(1),
    /** What makes this run this run. */
    runKey: z.string(),
    by: actor,
    reason: z.string().nullable(),
    /** The definition with those it uses: the run finishes on what it was started with. */
    bundle: z.object({ root: z.json(), used: z.record(z.string(), z.json()) }),
    parameters: z.record(z.string(), z.json()),
  }),
  output: z.object({
    taken: z.array(
      z.object({
        key: z.string(),
        path: z.string(),
        kind: z.string(),
        outcome: z.enum(['done', 'failed', 'skipped']),
      }),
    ),
    result: z.record(z.string(), z.json()),
  }),
  updates: {},
  tenantId: (input) => input.tenantId,
  key: (input) => input.runKey,
  subject: (input) => input.templateId,
});
