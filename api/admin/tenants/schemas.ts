import { z } from 'zod';
import { runStates } from '../../../db/domain/progress.ts';
import { tenantStatuses } from '../../../db/domain/tenants/tenant.ts';
import { allStepKeys } from '../../../db/domain/onboarding/steps.ts';
import { stuckDays } from '../../../templates/admin/tenants/tenants.tsx';
import { tenantSorts } from '../../../db/repos/tenants/overview.ts';
import type { TenantLine } from '../../../db/repos/tenants/overview.ts';
import type { TenantHeadContribution } from '../../kit/contributions.ts';
import { optionalParam, isoOf, paged, sortOf, words } from '../shared/query.ts';
import { legalNameOf, type TenantRead } from './read.ts';

export const tenantQuery = z.object({
  q: words,
  status: optionalParam(z.enum(tenantStatuses)),
  plan: optionalParam(z.string().max(40)),
  step: optionalParam(z.enum(allStepKeys)),
  /** Only tenants whose onboarding has been at its step for at least this many days. */
  stuck: optionalParam(z.enum(stuckDays)),
  sort: sortOf(tenantSorts),
  ...paged,
});
export type TenantQuery = z.output<typeof tenantQuery>;

/** One tenant of the overview. */
export const tenantItem = z.object({
  id: z.string(),
  name: z.string(),
  status: z.enum(tenantStatuses),
  partnerId: z.string().nullable(),
  planKey: z.string().nullable(),
  planTitle: z.string().nullable(),
  subscriptionStatus: z.string().nullable(),
  mrrMinor: z.number().int(),
  currency: z.string().nullable(),
  users: z.number().int(),
  openRuns: z.number().int(),
  problems: z.number().int(),
  onboarding: z
    .object({
      runId: z.string(),
      state: z.enum(runStates),
      step: z.string().nullable(),
      since: z.string().nullable(),
    })
    .nullable(),
  createdAt: z.string(),
  lastActivityAt: z.string().nullable(),
});

const tenantDetail = tenantItem.omit({ onboarding: true }).extend({
  legalName: z.string().nullable(),
  country: z.string().nullable(),
  timezone: z.string(),
  language: z.string(),
  members: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      role: z.string(),
      status: z.string(),
      emailVerified: z.boolean(),
      joinedAt: z.string(),
    }),
  ),
});

/** One tenant, with what capabilities add. */
export const tenantDetailWith = (heads: readonly TenantHeadContribution[]): z.ZodObject =>
  heads.reduce<z.ZodObject>((detail, { shape }) => detail.extend(shape), tenantDetail);

export function toItem(line: TenantLine): z.input<typeof tenantItem> {
  return { ...line, createdAt: line.createdAt.toISOString(), lastActivityAt: isoOf(line.lastActivityAt) };
}

export function toDetail(read: TenantRead): z.input<typeof tenantDetail> {
  const { line, tenant, members, parts } = read;
  const { onboarding: _listed, ...item } = toItem(line);
  return {
    ...item,
    legalName: legalNameOf(read),
    country: tenant.country,
    timezone: tenant.timezone,
    language: tenant.language,
    members: members.map((member) => ({
      ...member,
      emailVerified: member.emailVerifiedAt !== null,
      joinedAt: member.joinedAt.toISOString(),
    })),
    ...Object.fromEntries(parts.flatMap(({ json }) => Object.entries(json))),
  };
}
