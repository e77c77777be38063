import { z } from 'zod';
import type { DunningCase } from '../../../../db/domain/billing/dunning/case.ts';
import { differenceCodes } from '../../../../db/domain/billing/dunning/compare.ts';
import type { Scenario } from '../../../../db/domain/billing/dunning/preview.ts';
import { dunningKinds, dunningMails, dunningOutcomes } from '../../../../db/domain/billing/dunning/state.ts';
import { declineClasses } from '../../../../db/domain/billing/payments.ts';
import { accessLevels } from '../../../../db/domain/billing/subscriptions.ts';
import type { CaseRow } from '../../../../templates/admin/billing/dunning/cases.tsx';
import { scenarioTitle } from '../../../../templates/admin/billing/dunning/copy.ts';

const previewedStep = z.object({
  at: z.string(),
  kind: z.enum(dunningKinds),
  /** What is charged or written off; minor units. */
  amountMinor: z.number().int().optional(),
  currency: z.string().optional(),
  attempt: z.number().int().optional(),
  result: z.enum(['paid', 'refused', 'unreachable']).optional(),
  mail: z.enum(dunningMails).optional(),
  access: z.enum(accessLevels),
});
export const previewedScenario = z.object({
  key: z.string(),
  title: z.string(),
  steps: z.array(previewedStep),
});

type Amount = { amountMinor: number; currency: string };
type StepOf = Scenario['steps'][number];

const resultOf = ({ result }: StepOf) =>
  result && ('unreachable' in result ? 'unreachable' : result.paid ? 'paid' : 'refused');

function stepJson(step: StepOf, amount: Amount): z.input<typeof previewedStep> {
  const { kind, atMs, attempt, mail, access } = step;
  const result = resultOf(step);
  return {
    ...{ at: new Date(atMs).toISOString(), kind, access },
    ...((kind === 'retry' || kind === 'cancel') && amount),
    ...(attempt !== undefined && { attempt }),
    ...(result && { result }),
    ...(mail && { mail }),
  };
}

export const scenariosJson = (scenarios: readonly Scenario[], amount: Amount) =>
  scenarios.map(({ key, worksOnTry, steps }) => ({
    ...{ key, title: scenarioTitle(worksOnTry) },
    steps: steps.map((step) => stepJson(step, amount)),
  }));

export const listedCase = z.object({
  id: z.string(),
  tenant: z.object({ id: z.string(), name: z.string() }),
  invoice: z.string(),
  due: z.object({ amountMinor: z.number().int(), currency: z.string() }),
  cause: z.enum(declineClasses),
  access: z.enum(accessLevels),
  startedAt: z.string(),
  next: z.object({ kind: z.enum(dunningKinds), at: z.string() }).nullable(),
  outcome: z.enum(dunningOutcomes).nullable(),
  asPreviewed: z.boolean().nullable(),
  difference: z.enum(differenceCodes).nullable(),
});

interface About {
  tenantName: string;
  invoiceNumber: string | null;
  dueMinor: number;
  currency: string;
}

export function rowOf(found: DunningCase, about: About): CaseRow {
  const { id, tenantId, state, startedAt, nextAt, nextKind, outcome, asPreviewed, difference } = found;
  return {
    ...{ id, outcome, asPreviewed, difference: difference?.code ?? null },
    tenant: { id: tenantId, name: about.tenantName },
    invoice: about.invoiceNumber ?? '',
    due: { amountMinor: Math.max(0, about.dueMinor), currency: about.currency },
    cause: state.declineClass,
    access: state.access,
    startedAt: startedAt.toISOString(),
    next: nextAt && nextKind && { kind: nextKind, at: nextAt.toISOString() },
  };
}
