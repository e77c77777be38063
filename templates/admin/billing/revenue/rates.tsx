import type { VNode } from 'preact';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths } from '../../../paths.ts';
import { SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { Form } from '../../../ui/form.tsx';
import { TextInput } from '../../../ui/inputs.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Day } from '../../../ui/time.tsx';
import { revenueCopy } from './copy.ts';

const copy = revenueCopy.rates;

/** GET and POST /admin/revenue/exchange-rates: currency, rate. */
export function RatesPage(props: {
  frame: PageContext;
  /** The currency that all are stated in. */
  currency: string;
  rates: readonly { currency: string; rate: string; setAt: string }[];
  maySet: boolean;
  form?: FormState;
}): VNode {
  const { currency, form, frame, rates } = props;
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader
        crumbs={[{ title: revenueCopy.title, href: paths.revenue }]}
        title={copy.title}
        purpose={copy.purpose(currency)}
      />
      {rates.length === 0 ? (
        <EmptyState icon="coin" {...copy.none} />
      ) : (
        <DataTable
          caption={copy.title}
          rows={rates}
          columns={[
            { title: copy.currency, render: (row) => row.currency },
            { title: copy.rate(currency), right: true, phone: 'label', render: ({ rate }) => rate },
            { title: copy.setAt, right: true, phone: 'label', render: ({ setAt }) => <Day at={setAt} /> },
          ]}
        />
      )}
      {props.maySet ? (
        <Card title={copy.set}>
          <Form frame={frame} action={paths.exchangeRates} {...(form && { state: form })}>
            <TextInput name="currency" label={copy.currency} help={copy.currencyHelp} />
            <TextInput name="rate" label={copy.rate(currency)} help={copy.rateHelp} />
            <div class="bz-actions">
              <SubmitButton look="primary">{copy.set}</SubmitButton>
            </div>
          </Form>
        </Card>
      ) : null}
    </Shell>
  );
}
