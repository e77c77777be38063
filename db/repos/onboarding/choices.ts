import type { Tx } from '../../scope.ts';
import type { OnboardingChoices } from '../../domain/onboarding/submissions.ts';
import type { SubmittableStep } from '../../domain/onboarding/steps.ts';
import { all } from '../shared/rows.ts';

export type StoredChoices = { [Step in SubmittableStep]?: OnboardingChoices[Step] };

export async function list(tx: Tx, tenantId: string): Promise<StoredChoices> {
  const rows = await all<{ step: string; choice: unknown }>(
    tx.sql('onboarding_choices').where({ tenant_id: tenantId }).select('step', 'choice'),
  );
  return Object.fromEntries(rows.map((row) => [row.step, row.choice]));
}

/** Stores the choice of a step, replacing an earlier one. */
export async function save<Step extends SubmittableStep>(
  tx: Tx,
  tenantId: string,
  step: Step,
  choice: OnboardingChoices[Step],
): Promise<void> {
  await tx
    .sql('onboarding_choices')
    .insert({
      tenant_id: tenantId,
      step,
      choice: JSON.stringify(choice),
      submitted_by: tx.scope.by.actor.id,
      submitted_at: new Date(),
    })
    .onConflict(['tenant_id', 'step'])
    .merge();
  tx.record({
    action: 'onboarding.step-completed',
    targets: [{ type: 'tenant', id: tenantId }],
    data: { step },
  });
}
