import type { VNode } from 'preact';
import type { DeclineClass } from '../../../db/domain/billing/payments.ts';
import type { Money as MoneyValue } from '../../../db/domain/money.ts';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Form } from '../../ui/form.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Money } from '../../ui/money.tsx';
import { Moment } from '../../ui/time.tsx';
import { cardCopy, overdueCopy as copy } from './copy.ts';

export interface OverdueProps {
  invoiceId: string;
  number: string;
  due: MoneyValue;
  cause: DeclineClass;
  /** When the card is tried next; null where it isn't. */
  retryAt: string | null;
  /** What is taken away next, and when. */
  rung: { kind: 'restrict' | 'suspend' | 'cancel'; at: string } | null;
}

/** What failed, why, what comes next, and the way to pay now. */
export function OverdueCard({ frame, one }: { frame: PageContext; one: OverdueProps }): VNode {
  const { rung, retryAt } = one;
  return (
    <Card title={copy.title(one.number)}>
      <KeyFacts
        rows
        facts={[
          { label: copy.amount, value: <Money value={one.due} /> },
          { label: copy.cause, value: copy.causes[one.cause] },
          { label: copy.retry, value: retryAt ? <Moment at={retryAt} /> : copy.noRetry },
          ...(rung
            ? [
                {
                  label: copy.rung[rung.kind],
                  value: (
                    <>
                      <Moment at={rung.at} />, {copy.unlessPaid}
                    </>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Form frame={frame} action={paths.tryOverdue(one.invoiceId)} idPrefix={one.invoiceId}>
        <div class="bz-actions">
          <SubmitButton look="primary">{copy.tryNow}</SubmitButton>
          <LinkButton href={paths.changeCard}>{cardCopy.title}</LinkButton>
        </div>
      </Form>
    </Card>
  );
}
