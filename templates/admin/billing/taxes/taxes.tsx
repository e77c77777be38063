import type { VNode } from 'preact';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths } from '../../../paths.ts';
import { SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Checkbox } from '../../../ui/choices.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { Form } from '../../../ui/form.tsx';
import { type Option, Select, TextInput } from '../../../ui/inputs.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { rateText } from '../invoices/copy.ts';
import { taxesCopy as copy } from './copy.ts';

export interface TaxesPageProps {
  frame: PageContext;
  seller: { country: string | null; inclusive: boolean };
  countries: readonly Option[];
  rates: readonly { country: string; name: string; bps: number }[];
  /** A form that was refused. */
  refused?: { form: 'seller' | 'rate'; state: FormState };
}

/** GET /admin/taxes; POST …/seller: country, inclusive; POST …/rates: country, percent. */
export function TaxesPage(props: TaxesPageProps): VNode {
  const { countries, frame, rates, refused, seller } = props;
  const stateOf = (form: 'seller' | 'rate') => (refused?.form === form ? { state: refused.state } : {});
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader title={copy.title} purpose={copy.purpose} />
      <Card title={copy.seller.title}>
        <Form frame={frame} action={paths.taxSeller} idPrefix="seller" {...stateOf('seller')}>
          <Select
            name="country"
            label={copy.seller.country}
            options={[{ value: '', label: copy.seller.none }, ...countries]}
            initial={seller.country ?? ''}
            optional
          />
          <Checkbox name="inclusive" label={copy.seller.inclusive} initial={seller.inclusive} />
          <div class="bz-actions">
            <SubmitButton look="primary">{copy.seller.save}</SubmitButton>
          </div>
        </Form>
      </Card>
      <Card title={copy.how.title}>
        <ul>
          {copy.how.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
      </Card>
      <Card title={copy.rates.set}>
        <Form frame={frame} action={paths.taxRates} idPrefix="rate" {...stateOf('rate')}>
          <Select name="country" label={copy.rates.country} options={countries} />
          <TextInput
            name="percent"
            label={copy.rates.percent}
            help={copy.rates.percentHelp}
            inputMode="decimal"
            width="short"
          />
          <div class="bz-actions">
            <SubmitButton look="primary">{copy.rates.submit}</SubmitButton>
          </div>
        </Form>
      </Card>
      <Card title={copy.rates.title} note={copy.rates.note} flush>
        <DataTable
          caption={copy.rates.title}
          rows={rates}
          columns={[
            { title: copy.rates.country, render: ({ name }) => name },
            { title: copy.rates.rate, right: true, render: ({ bps }) => rateText(bps) },
          ]}
        />
      </Card>
    </Shell>
  );
}
