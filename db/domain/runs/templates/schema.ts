import { z } from 'zod';
import { manyLines, text } from '../../common.ts';
import { idPattern } from '../../ids.ts';
import { kebabName } from '../../integrations/servers.ts';
import {
  type Definition,
  httpMethods,
  type Json,
  limits,
  type Parameter,
  recordChanges,
  type Step,
} from './definition.ts';
import { isSafeName } from './expression.ts';

/** Names in expressions: of steps, parameters, items and results. */
export const plainName = z
  .string()
  .max(40, 'At most 40 characters.')
  .regex(/^[a-z][a-z0-9_]*$/, 'Use small letters, digits and underscores, beginning with a letter.')
  .refine(isSafeName, 'Choose another name.')
  .refine((name) => !['and', 'or', 'not', 'true', 'false', 'null'].includes(name), 'Choose another name.');

/** Headers that hold what opens doors; definitions are read by everyone who may see templates. */
const isCredential = (header: string): boolean => /auth|cookie|token|secret|api-?key|password/i.test(header);

const json: z.ZodType<Json> = z.json() as z.ZodType<Json>;
/** A text, or an expression after `=`. */
const textValue = z.string().max(limits.text, `At most ${limits.text} characters.`).regex(manyLines);
const filledValue = textValue.refine((value) => value.trim() !== '', 'Fill this in.');
const numberValue = z.union([z.number().int().min(0).max(100_000), textValue]);
const values = z.record(plainName, json);
const expression = z.string().trim().min(1, 'Fill this in.').max(1_000, 'At most 1000 characters.');

const base = { id: plainName, title: text(120) };
const effective = { ...base, example: json.optional(), optional: z.boolean().optional() };

const leaves = [
  z.strictObject({
    ...effective,
    kind: z.literal('tool'),
    server: kebabName,
    tool: z.string().regex(/^[A-Za-z0-9_.-]{1,128}$/, 'Choose a tool.'),
    arguments: z.record(z.string().max(100), json),
  }),
  z.strictObject({
    ...effective,
    kind: z.literal('mail'),
    to: filledValue,
    subject: filledValue,
    body: filledValue,
  }),
  z.strictObject({
    ...effective,
    kind: z.literal('http'),
    method: z.enum(httpMethods),
    url: filledValue,
    headers: z
      .record(
        z
          .string()
          .regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, 'Use letters, digits and hyphens.')
          .refine(
            (name) => !isCredential(name),
            'Credentials belong into a connection: use a tool of its server.',
          ),
        textValue,
      )
      .optional(),
    body: json.optional(),
  }),
  z.strictObject({
    ...effective,
    kind: z.literal('approval'),
    question: filledValue,
    by: z.enum(['owner', 'admin']),
    expiresInDays: z.number().int().min(1).max(90),
  }),
  z.strictObject({
    ...effective,
    kind: z.literal('wait'),
    for: z
      .strictObject({
        days: numberValue.optional(),
        hours: numberValue.optional(),
        minutes: numberValue.optional(),
      })
      .optional(),
    until: filledValue.optional(),
    event: z
      .strictObject({
        action: z.string().max(60),
        about: textValue.optional(),
        withinDays: z.number().int().min(1).max(limits.waitDays),
      })
      .optional(),
  }),
  z.strictObject({ ...base, kind: z.literal('set'), values }),
  z.strictObject({
    ...effective,
    kind: z.literal('record'),
    change: z.enum(recordChanges),
    text: filledValue,
  }),
] as const;

const steps: z.ZodType<Step[]> = z.lazy(() =>
  z.array(step).max(limits.steps, `At most ${limits.steps} steps.`),
);

const kinds = [
  ...leaves,
  z.strictObject({
    ...base,
    kind: z.literal('condition'),
    if: expression,
    then: steps,
    else: steps.optional(),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('parallel'),
    branches: z
      .array(steps)
      .min(2, 'At least 2 branches.')
      .max(limits.branches, `At most ${limits.branches} branches.`),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('loop'),
    over: json.optional(),
    while: expression.optional(),
    as: plainName,
    max: z.number().int().min(1).max(limits.rounds),
    steps,
  }),
  z.strictObject({
    ...base,
    kind: z.literal('template'),
    template: z.string().regex(idPattern('workflowTemplate'), 'Choose a template.'),
    parameters: values,
  }),
] as const;

/** One step, with those inside it. */
export const step: z.ZodType<Step> = z.discriminatedUnion('kind', [...kinds]) as unknown as z.ZodType<Step>;

/** The shape of each kind of step. */
export const stepShapes = new Map(kinds.map((one) => [one.shape.kind.value, one as z.ZodObject] as const));

const shortText = (max: number) => text(max).optional();
export const parameter: z.ZodType<Parameter> = z.strictObject({
  type: z.enum(['string', 'integer', 'boolean', 'array']),
  title: shortText(80),
  description: shortText(300),
  enum: z.array(text(100)).min(1).max(30).optional(),
  format: z.enum(['email', 'uri', 'date']).optional(),
  minLength: z.number().int().min(0).max(2_000).optional(),
  maxLength: z.number().int().min(1).max(2_000).optional(),
  minimum: z.number().int().optional(),
  maximum: z.number().int().optional(),
  items: z.strictObject({ type: z.literal('string') }).optional(),
  maxItems: z.number().int().min(1).max(100).optional(),
  default: z
    .union([z.string().max(2_000), z.number().int(), z.boolean(), z.array(z.string().max(500)).max(100)])
    .optional(),
});

/** The shape of a definition; what its steps mean is checked by `check`. */
export const definition: z.ZodType<Definition> = z.strictObject({
  parameters: z.strictObject({
    type: z.literal('object'),
    properties: z
      .record(plainName, parameter)
      .refine(
        (all) => Object.keys(all).length <= limits.parameters,
        `At most ${limits.parameters} parameters.`,
      ),
    required: z.array(plainName).max(limits.parameters).default([]),
  }),
  on: z
    .strictObject({
      action: z.string().min(1, 'Choose an event.').max(60),
      if: expression.optional(),
      parameters: values,
    })
    .optional(),
  steps,
  result: values.optional(),
}) as unknown as z.ZodType<Definition>;

function fieldOf({ type, ...rest }: Parameter): z.ZodType {
  const { enum: allowed, format, minLength, maxLength = 2_000, minimum, maximum, maxItems = 100 } = rest;
  switch (type) {
    case 'integer': {
      let whole = z.coerce.number('Enter a whole number.').int();
      if (minimum !== undefined) whole = whole.min(minimum);
      return maximum === undefined ? whole : whole.max(maximum);
    }
    case 'boolean':
      return z.boolean();
    case 'array':
      return z.preprocess(linesOf, z.array(z.string().max(500)).max(maxItems));
    case 'string':
      if (allowed) return z.enum(allowed as [string, ...string[]]);
      if (format === 'email') return z.string().trim().pipe(z.email());
      if (format === 'uri')
        return z
          .string()
          .trim()
          .pipe(z.url({ protocol: /^https?$/ }));
      if (format === 'date') return z.iso.date();
      return z
        .string()
        .trim()
        .min(minLength ?? 0)
        .max(maxLength)
        .regex(manyLines);
  }
}

/** A list as a form sends it: one item a line. */
function linesOf(given: unknown): unknown {
  const [only] = Array.isArray(given) ? (given as unknown[]) : [given];
  if (typeof only !== 'string' || (Array.isArray(given) && given.length !== 1)) return given;
  return only
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** The parameters of a template as what a start is checked against. A text left empty counts as not given. */
export function parametersSchema({
  parameters: { properties, required },
}: Definition): z.ZodType<Record<string, Json>> {
  const shape = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => {
      const field = fieldOf(one);
      if (one.default !== undefined) return [name, field.default(one.default as never)];
      return [name, required.includes(name) ? field : field.optional()];
    }),
  );
  const withoutEmpty = (given: unknown) =>
    typeof given === 'object' && given !== null
      ? Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''))
      : given;
  return z.preprocess(withoutEmpty, z.strictObject(shape)) as unknown as z.ZodType<Record<string, Json>>;
}
