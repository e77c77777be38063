import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { Form } from '../../ui/form.tsx';
import { Textarea } from '../../ui/inputs.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { addressListCopy as copy } from './key-copy.ts';

/** GET and POST /admin/address-list: networks. */
export function AddressListPage(props: {
  frame: PageContext;
  networks: readonly string[];
  ownAddress: string | null;
  form?: FormState;
}): VNode {
  const { frame, networks, ownAddress, form } = props;
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader title={copy.title} purpose={copy.purpose} />
      <Card>
        <KeyFacts facts={[{ label: copy.own, value: ownAddress ?? '–' }]} />
        <Form frame={frame} action={paths.addressList} {...(form && { state: form })}>
          <Textarea
            name="networks"
            label={copy.label}
            help={copy.help}
            rows={6}
            initial={networks.join('\n')}
            optional
          />
          <div class="bz-actions">
            <SubmitButton look="primary">{copy.save}</SubmitButton>
          </div>
        </Form>
        <p class="bz-muted">{copy.rescue}</p>
      </Card>
    </Shell>
  );
}
