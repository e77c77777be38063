import type { VNode } from 'preact';
import type { BilledTo } from '../../../db/domain/billing/invoices.ts';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { Form } from '../../ui/form.tsx';
import { type Option, Select, Textarea, TextInput } from '../../ui/inputs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { billingDetailsCopy as copy } from './copy.ts';

/** GET and POST /app/billing/details: name, address, country, vatNumber. */
export function BillingDetailsPage(props: {
  frame: PageContext;
  details: BilledTo;
  countries: readonly Option[];
  form?: FormState;
}): VNode {
  const { countries, details, form, frame } = props;
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader
        crumbs={[{ title: 'Billing', href: paths.billing }]}
        title={copy.title}
        purpose={copy.purpose}
      />
      <Card>
        <Form frame={frame} action={paths.billingDetails} {...(form && { state: form })}>
          <TextInput name="name" label={copy.name} initial={details.name} autocomplete="organization" />
          <Textarea name="address" label={copy.address} initial={details.address ?? ''} optional />
          <Select
            name="country"
            label={copy.country}
            options={[{ value: '', label: copy.noCountry }, ...countries]}
            initial={details.country ?? ''}
            optional
          />
          <TextInput
            name="vatNumber"
            label={copy.vatNumber}
            help={copy.vatHelp}
            initial={details.vatNumber ?? ''}
            optional
          />
          <div class="bz-actions">
            <SubmitButton look="primary">{copy.save}</SubmitButton>
          </div>
        </Form>
      </Card>
    </Shell>
  );
}
