import { z } from 'zod';
import { type Actor, actor } from '../../db/domain/actor.ts';
import { idPattern } from '../../db/domain/ids.ts';
import { defineProcess, type StepDeclaration } from '../define.ts';

/** JSON as a form sends it; nothing typed is nothing given. */
function jsonTyped(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  if (given.trim() === '') return {};
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}

export const runTemplateContract = defineProcess({
  name: 'run-template',
  title: 'Workflow from a template',
  summary: 'Runs one version of a workflow template, step by step.',
  queue: 'core',
  about: 'workflowTemplate',
  trigger: null,
  schedule: {
    permission: 'schedules.manage',
    given: z.strictObject({
      tenantId: z.string().meta({ title: 'Tenant ID' }),
      templateId: z
        .string()
        .regex(idPattern('workflowTemplate'), 'Enter the ID of a workflow template.')
        .meta({ title: 'Workflow template ID' }),
      parameters: z
        .preprocess(jsonTyped, z.record(z.string(), z.json()).default({}))
        .meta({ title: 'Parameters', description: 'What the template asks for, by name.' }),
    }),
    // Each run takes the version that is live when it begins.
    toInput: (
      given: { tenantId: string; templateId: string; parameters: Record<string, unknown> },
      by: Actor,
    ) => ({
      ...given,
      ...{ version: null, bundle: null, runKey: `${given.templateId}:scheduled`, by, reason: null },
    }),
  },
  // Its template says which steps there are; they come with the input.
  steps: [] as readonly StepDeclaration[],
  input: z.strictObject({
    tenantId: z.string(),
    templateId: z.string().regex(idPattern('workflowTemplate')),
    /** Null with the bundle: the live version when the run begins, for starts that are planned ahead. */
    version: z.number().int().min(1).nullable(),
    /** What makes this run this run. */
    runKey: z.string(),
    by: actor,
    reason: z.string().nullable(),
    /** The definition with those it uses: the run finishes on what it was started with. */
    bundle: z.object({ root: z.json(), used: z.record(z.string(), z.json()) }).nullable(),
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
