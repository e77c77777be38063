import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox, CheckboxList } from '../../ui/choices.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { businessSignInCopy as copy } from './business-sign-in-copy.ts';

export interface BusinessSignInPageProps {
  frame: PageContext;
  /** Those that are on. */
  offered: readonly { key: string; title: string }[];
  chosen: { providers: readonly string[]; providersOnly: boolean };
  form?: FormState;
}

/** GET /app/sign-in; POST the same: providers (repeated), providersOnly. */
export function BusinessSignInPage({ frame, offered, chosen, form }: BusinessSignInPageProps): VNode {
  const off = chosen.providers.filter((chosenKey) => !offered.some(({ key }) => key === chosenKey));
  const options = [
    ...offered.map(({ key, title }) => ({ value: key, title })),
    ...off.map((key) => ({ value: key, title: key, text: copy.off })),
  ];
  const values = { providers: chosen.providers, providersOnly: String(chosen.providersOnly) };
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader title={copy.title} purpose={copy.purpose} />
      <Card title={options.length > 0 ? copy.form : undefined}>
        {options.length === 0 ? (
          <EmptyState icon="key" {...copy.none} />
        ) : (
          <Form frame={frame} action={paths.businessSignIn} state={form ?? { values }}>
            <CheckboxList
              name="providers"
              label={copy.providers}
              help={copy.providersHelp}
              options={options}
            />
            <Checkbox name="providersOnly" label={copy.only} />
            <p class="bz-muted">{copy.onlyHelp}</p>
            <SubmitButton look="primary">{copy.submit}</SubmitButton>
          </Form>
        )}
      </Card>
    </Shell>
  );
}
