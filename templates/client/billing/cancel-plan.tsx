import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { RadioCards } from '../../ui/choices.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { dayText } from '../../ui/format.ts';
import { localeOf } from '../../ui/locale.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { cancelCopy as copy } from './copy.ts';

export interface CancelPlanProps {
  frame: PageContext;
  planTitle: string;
  /** Until when it is paid, or the end of the trial. */
  until: string;
  requestKey: string;
  form?: FormState;
}

/** GET and POST /app/billing/cancel: when, requestKey. */
export function CancelPlanPage({ frame, planTitle, until, requestKey, form }: CancelPlanProps): VNode {
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader
        crumbs={[{ title: 'Billing', href: paths.billing }]}
        title={copy.title}
        purpose={copy.purpose(planTitle)}
      />
      <Form frame={frame} action={paths.cancelPlan} hidden={{ requestKey }} state={form} class="bz-panel">
        <RadioCards
          name="when"
          label={copy.when}
          initial="periodEnd"
          options={[
            { value: 'periodEnd', title: copy.atEnd(dayText(until, localeOf(frame))), text: copy.atEndText },
            { value: 'now', title: copy.now, text: copy.nowText },
          ]}
        />
        <p class="bz-muted">{copy.stays}</p>
        <div class="bz-actions">
          <SubmitButton look="danger">{copy.submit}</SubmitButton>
          <LinkButton look="quiet" href={paths.billing}>
            {copy.keep}
          </LinkButton>
        </div>
      </Form>
    </Shell>
  );
}
