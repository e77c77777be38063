import { z } from 'zod';
import { text } from '../common.ts';
import { tenantRoles } from '../roles.ts';
import { dayMs, minuteMs } from '../time.ts';

/** Who may decide: people who have one of the roles or custom roles, or are named. Without any: no one. */
export const approvers = z.strictObject({
  roles: z.array(z.enum(tenantRoles)).max(tenantRoles.length),
  /** Ids of custom roles. */
  groups: z.array(z.string()).max(30),
  /** Ids of people. */
  people: z.array(z.string()).max(50),
});
export type Approvers = z.infer<typeof approvers>;

/** Most people whose approval one request can need. */
export const mostNeeded = 10;

export const approvalPolicy = z.strictObject({
  /** How many have to approve; one who declines is enough to end it. */
  needed: z.int().min(1).max(mostNeeded),
  from: approvers,
  /** Milliseconds from the request to its expiry. */
  expiresInMs: z
    .int()
    .min(minuteMs)
    .max(90 * dayMs),
  /** Who may decide too once nothing was decided for `afterMs` milliseconds. */
  escalation: z.strictObject({ afterMs: z.int().min(1_000), to: approvers }).nullable(),
});
export type ApprovalPolicy = z.infer<typeof approvalPolicy>;

export const fieldTypes = ['text', 'number', 'choice', 'yesNo', 'date'] as const;

/** One thing that is asked of the people who approve. */
export const approvalField = z.strictObject({
  name: z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/),
  label: text(120),
  type: z.enum(fieldTypes),
  required: z.boolean(),
  /** Of a choice. */
  options: z.array(text(120)).max(20).optional(),
  /** Of a number. */
  min: z.number().optional(),
  max: z.number().optional(),
});
export type ApprovalField = z.infer<typeof approvalField>;

/** Most fields of one request. */
export const mostFields = 20;

/** What was entered, by the name of the field; dates are YYYY-MM-DD. */
export const approvalValues = z.record(z.string(), z.union([z.string().max(2_000), z.number(), z.boolean()]));
export type ApprovalValues = z.infer<typeof approvalValues>;

export const decisions = ['approved', 'declined'] as const;
export type Decision = (typeof decisions)[number];

/** How a request ended. */
export const approvalOutcomes = [...decisions, 'expired', 'withdrawn'] as const;
export type ApprovalOutcome = (typeof approvalOutcomes)[number];
