import type { VNode } from 'preact';
import { priceRows } from '../../../../db/domain/billing/plan-form.ts';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths } from '../../../paths.ts';
import { LinkButton, SubmitButton } from '../../../ui/button.tsx';
import { Form } from '../../../ui/form.tsx';
import { type FormState, textOf, valueAt } from '../../../ui/form-state.tsx';
import { Textarea, TextInput } from '../../../ui/inputs.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { plansCopy as copy } from './copy.ts';

export interface PlanFormProps {
  frame: PageContext;
  /** Of which plan it is a new version; null for a new plan. */
  plan: { key: string; title: string } | null;
  /** Usage or tiers of the version before are taken over. */
  hasKept: boolean;
  form: FormState;
}

const number = { type: 'number', inputMode: 'numeric', width: 'short' } as const;
const amount = { inputMode: 'decimal', width: 'short' } as const;

function PriceRow({ name, index, currency }: { name: string; index: number; currency: string }): VNode {
  return (
    <fieldset class="bz-field">
      <legend class="form-label">{copy.priceRow(index + 1, currency)}</legend>
      <TextInput name={`prices.${name}.currency`} label={copy.currency} width="short" />
      <div class="bz-two">
        <TextInput name={`prices.${name}.month`} label={copy.aMonth} {...amount} />
        <TextInput name={`prices.${name}.year`} label={copy.aYear} {...amount} />
        <TextInput name={`prices.${name}.seatMonth`} label={copy.seatMonth} {...amount} />
        <TextInput name={`prices.${name}.seatYear`} label={copy.seatYear} {...amount} />
      </div>
    </fieldset>
  );
}

/** A row for each currency; those that are empty are folded. */
function Prices({ form }: { form: FormState }): VNode {
  const currencyOf = (name: string) => textOf(valueAt(form.values, `prices.${name}.currency`));
  const isUsed = (name: string) =>
    currencyOf(name) !== '' ||
    Object.keys(form.errors ?? {}).some((field) => field.startsWith(`prices.${name}.`));
  const row = (name: string) => (
    <PriceRow name={name} index={priceRows.findIndex((one) => one === name)} currency={currencyOf(name)} />
  );
  const empty = priceRows.filter((name) => !isUsed(name));
  return (
    <>
      <p class="bz-help">{copy.priceHelp}</p>
      {priceRows.filter(isUsed).map(row)}
      {empty.length > 0 ? (
        <details class="bz-more">
          <summary>{copy.moreCurrencies}</summary>
          {empty.map(row)}
        </details>
      ) : null}
    </>
  );
}

/** GET and POST /admin/plans/new and /admin/plans/:key/new-version. */
export function PlanFormPage({ frame, plan, hasKept, form }: PlanFormProps): VNode {
  const title = plan ? copy.newVersionTitle(plan.title) : copy.newPlan;
  const back = plan ? paths.adminPlan(plan.key) : paths.adminPlans;
  return (
    <Shell frame={frame} title={title}>
      <PageHeader
        crumbs={[
          { title: copy.title, href: paths.adminPlans },
          ...(plan ? [{ title: plan.title, href: back }] : []),
        ]}
        title={title}
        purpose={plan ? copy.newVersionPurpose : copy.newPlanPurpose}
      />
      <Form
        frame={frame}
        action={plan ? paths.newPlanVersion(plan.key) : paths.newPlan}
        state={form}
        class="bz-panel"
      >
        {plan ? null : (
          <>
            <TextInput name="key" label={copy.key} help={copy.keyHelp} width="medium" />
            <TextInput name="title" label={copy.name} width="medium" />
            <TextInput name="summary" label={copy.summary} help={copy.summaryHelp} />
          </>
        )}
        <Prices form={form} />
        <TextInput
          name="seatsIncluded"
          label={copy.included}
          help={copy.includedHelp}
          {...number}
          initial="1"
        />
        <div class="bz-two">
          <TextInput name="trialDays" label={copy.trialDays} {...number} initial="14" />
          <TextInput name="tools" label={copy.integrations} {...number} />
          <TextInput name="agents" label={copy.agents} {...number} />
        </div>
        {hasKept ? <p class="bz-muted">{copy.keptUsage}</p> : null}
        <Textarea name="note" label={copy.note} help={copy.noteHelp} optional rows={2} />
        <div class="bz-actions">
          <SubmitButton look="primary">{plan ? copy.publish : copy.create}</SubmitButton>
          <LinkButton look="quiet" href={back}>
            {copy.cancel}
          </LinkButton>
        </div>
      </Form>
    </Shell>
  );
}
