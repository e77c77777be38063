import type { VNode } from 'preact';
import { cardTitle, type PaymentMethod } from '../../../db/domain/billing/cards.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { paths } from '../../paths.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { CardFields, CardPrivacy } from './card-fields.tsx';
import { cardCopy as copy } from './copy.ts';

export interface ChangeCardProps {
  frame: PageContext;
  card: Pick<PaymentMethod, 'brand' | 'last4' | 'expMonth' | 'expYear'> | null;
  form?: FormState;
}

/** GET and POST /app/billing/card: card.number, card.expMonth, card.expYear, card.cvc. */
export function ChangeCardPage({ frame, card, form }: ChangeCardProps): VNode {
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader
        crumbs={[{ title: 'Billing', href: paths.billing }]}
        title={copy.title}
        purpose={copy.purpose}
      />
      <Form frame={frame} action={paths.changeCard} state={form} class="bz-panel">
        {card ? (
          <p>{copy.current(cardTitle(card), `${String(card.expMonth).padStart(2, '0')}/${card.expYear}`)}</p>
        ) : null}
        <CardFields />
        <CardPrivacy />
        <div class="bz-actions">
          <SubmitButton look="primary" pending={copy.pending}>
            {copy.save}
          </SubmitButton>
          <LinkButton look="quiet" href={paths.billing}>
            {copy.keep}
          </LinkButton>
        </div>
      </Form>
    </Shell>
  );
}
