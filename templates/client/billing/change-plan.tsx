import type { VNode } from 'preact';
import type { Interval } from '../../../db/domain/billing/plans.ts';
import { formatMoney, type Money as MoneyValue } from '../../../db/domain/money.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { Form } from '../../ui/form.tsx';
import { FormContext, type FormState } from '../../ui/form-state.tsx';
import { dayText } from '../../ui/format.ts';
import { TextInput } from '../../ui/inputs.tsx';
import { type Locale, localeOf } from '../../ui/locale.tsx';
import { Money, priceText } from '../../ui/money.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Day } from '../../ui/time.tsx';
import { changeCopy as copy } from './copy.ts';

export interface PlanOption {
  key: string;
  title: string;
  summary: string;
  /** For one interval each; null where it isn’t sold that way. */
  prices: Readonly<Record<Interval, MoneyValue | null>>;
  /** By the month; null where seats cost nothing. */
  seats: { included: number; each: MoneyValue } | null;
}

export interface ChosenTerms {
  planKey: string;
  interval: Interval;
  seats: number;
}

export interface PlanPreview {
  when: 'now' | 'periodEnd';
  lines: readonly { description: string; amount: MoneyValue; periodStart: string; periodEnd: string }[];
  dueNow: MoneyValue;
  next: { at: string; amount: MoneyValue };
  /** The terms are the running ones: `dropped` takes back a change that waits. */
  same: 'unchanged' | 'dropped' | null;
}

export interface ChangePlanProps {
  frame: PageContext;
  plans: readonly PlanOption[];
  current: ChosenTerms;
  chosen: ChosenTerms;
  /** What was wrong with the choice. */
  choice?: FormState;
  /** Null until something is chosen. */
  preview: PlanPreview | null;
  /** Idempotency key: submitting twice takes effect once. */
  requestKey: string;
  /** A refused confirmation. */
  form?: FormState;
}

function pricesOf({ prices, seats }: PlanOption, language: string): VNode {
  const { month, year } = prices;
  return (
    <>
      {month ? <strong>{copy.price(priceText(month, language), 'month')}</strong> : null}
      {month && year ? <br /> : null}
      {year ? copy.price(priceText(year, language), 'year') : null}
      {seats ? (
        <>
          <br />
          {copy.perSeat(seats.included, priceText(seats.each, language))}
        </>
      ) : null}
    </>
  );
}

function Choice({ frame, plans, current, chosen, choice, preview }: ChangePlanProps): VNode {
  const { language } = localeOf(frame);
  const state = { idPrefix: 'choice', ...choice };
  return (
    <FormContext.Provider value={state}>
      <form method="get" action={paths.changePlan} class="bz-panel">
        <ErrorSummary state={state} labels={new Map([['seats', copy.seats]])} />
        <RadioCards
          name="planKey"
          label={copy.plan}
          initial={chosen.planKey}
          columns={3}
          options={plans.map((plan) => ({
            value: plan.key,
            title: plan.key === current.planKey ? `${plan.title} · ${copy.yours}` : plan.title,
            text: plan.summary,
            aside: pricesOf(plan, language),
          }))}
        />
        <div class="bz-two">
          <RadioCards
            name="interval"
            label={copy.interval}
            initial={chosen.interval}
            options={[
              { value: 'month', title: copy.monthly },
              { value: 'year', title: copy.yearly },
            ]}
          />
          <TextInput
            name="seats"
            label={copy.seats}
            help={copy.seatsHelp}
            type="number"
            inputMode="numeric"
            initial={String(chosen.seats)}
            width="short"
          />
        </div>
        <SubmitButton look={preview ? 'plain' : 'primary'}>{copy.show}</SubmitButton>
      </form>
    </FormContext.Provider>
  );
}

/** "You pay €120.96 today. From 1 Apr 2027: €399.00 a month." */
export function previewSentence(preview: PlanPreview, interval: Interval, locale: Locale): string {
  const { dueNow, next, when } = preview;
  const day = dayText(next.at, locale);
  const amount = formatMoney(next.amount, locale.language);
  const today = dueNow.amountMinor > 0 ? copy.today(formatMoney(dueNow, locale.language)) : copy.nothingToday;
  const waits = when === 'periodEnd' ? ` ${copy.waits(day)}` : '';
  return `${today}${waits} ${copy.fromThen(day, amount, interval)}`;
}

function buttonText({ dueNow, when, next, same }: PlanPreview, locale: Locale): string {
  if (same === 'dropped') return copy.keep;
  if (when === 'periodEnd') return copy.schedule(dayText(next.at, locale));
  return dueNow.amountMinor > 0 ? copy.pay(formatMoney(dueNow, locale.language)) : copy.change;
}

function Preview({
  frame,
  preview,
  chosen,
  requestKey,
  form,
}: ChangePlanProps & { preview: PlanPreview }): VNode {
  const { lines, dueNow, same } = preview;
  if (same === 'unchanged')
    return (
      <Card title={copy.costs} id="costs">
        <p>{copy.unchanged}</p>
      </Card>
    );
  const locale = localeOf(frame);
  return (
    <Card title={copy.costs} id="costs">
      <p>
        <strong>{previewSentence(preview, chosen.interval, locale)}</strong>
      </p>
      {same === 'dropped' ? <p>{copy.drops}</p> : null}
      {lines.length > 0 ? (
        <DataTable
          caption={copy.caption}
          rows={[...lines, null]}
          columns={[
            { title: copy.line, render: (line) => (line ? line.description : <strong>{copy.due}</strong>) },
            {
              title: copy.period,
              render: (line) =>
                line ? (
                  <>
                    <Day at={line.periodStart} /> to <Day at={line.periodEnd} />
                  </>
                ) : null,
            },
            {
              title: copy.amount,
              right: true,
              render: (line) =>
                line ? (
                  <Money value={line.amount} />
                ) : (
                  <strong>
                    <Money value={dueNow} />
                  </strong>
                ),
            },
          ]}
        />
      ) : null}
      <Form
        frame={frame}
        action={paths.changePlan}
        hidden={{
          ...{ planKey: chosen.planKey, interval: chosen.interval, seats: String(chosen.seats) },
          ...{ expectedDueMinor: String(dueNow.amountMinor), requestKey },
        }}
        state={form}
      >
        <div class="bz-actions">
          <SubmitButton look="primary" pending={copy.pending}>
            {buttonText(preview, locale)}
          </SubmitButton>
          <LinkButton look="quiet" href={paths.billing}>
            {copy.back}
          </LinkButton>
        </div>
      </Form>
    </Card>
  );
}

/** GET /app/billing/plan?planKey=&interval=&seats=; POST the same with expectedDueMinor, requestKey. */
export function ChangePlanPage(props: ChangePlanProps): VNode {
  const { frame, preview } = props;
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader
        crumbs={[{ title: 'Billing', href: paths.billing }]}
        title={copy.title}
        purpose={copy.purpose}
      />
      <Choice {...props} />
      {preview ? <Preview {...props} preview={preview} /> : null}
    </Shell>
  );
}
