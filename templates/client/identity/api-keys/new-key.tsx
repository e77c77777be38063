import type { VNode } from 'preact';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths } from '../../../paths.ts';
import { LinkButton, SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { type Choice, CheckboxList, RadioCards } from '../../../ui/choices.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { Form } from '../../../ui/form.tsx';
import { type Option, Select, Textarea, TextInput } from '../../../ui/inputs.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { apiKeysCopy } from './copy.ts';

const copy = apiKeysCopy.form;

/** Scopes that read, or that write. */
export interface ScopeGroup {
  title: string;
  choices: readonly Choice[];
}

export interface NewKeyPageProps {
  frame: PageContext;
  /** Whether the viewer can also make keys of the business and its agents. */
  managesAll: boolean;
  groups: readonly ScopeGroup[];
  agents: readonly Option[];
  requestKey: string;
  form?: FormState;
}

function Owner({ agents }: { agents: readonly Option[] }): VNode {
  const options = (['person', 'tenant', 'agent'] as const).map((value) => ({
    value,
    title: copy[value][0],
    text: copy[value][1],
  }));
  return (
    <>
      <RadioCards
        name="kind"
        label={copy.kind}
        help={copy.kindHelp}
        options={options}
        initial="person"
        columns={3}
      />
      <Select
        name="agent"
        label={copy.agentLabel}
        help={copy.agentHelp}
        options={agents}
        placeholder="–"
        width="medium"
        optional
      />
    </>
  );
}

const expiries = [
  ...[30, 90, 365].map((days) => ({ value: String(days), label: copy.days(days) })),
  { value: 'date', label: copy.onDate },
  { value: 'never', label: copy.never },
];

/** GET and POST /account/security/api-keys/new: kind, name, agent, scopes, expires, expiresOn, networks, requestKey. */
export function NewKeyPage(props: NewKeyPageProps): VNode {
  const { frame, form, requestKey } = props;
  const groups = props.groups.filter(({ choices }) => choices.length > 0);
  return (
    <Shell frame={frame} title={copy.title}>
      <PageHeader
        crumbs={[{ title: apiKeysCopy.title, href: paths.apiKeys }]}
        title={copy.title}
        purpose={copy.purpose}
      />
      <Card>
        <Form frame={frame} action={paths.newApiKey} hidden={{ requestKey }} {...(form && { state: form })}>
          <TextInput name="name" label={copy.name} help={copy.nameHelp} autocomplete="off" />
          {props.managesAll ? <Owner agents={props.agents} /> : null}
          {groups.map(({ title, choices }, index) => (
            <CheckboxList
              name="scopes"
              label={title}
              options={choices}
              columns={2}
              {...(index > 0 && { shared: true })}
            />
          ))}
          <Select
            name="expires"
            label={copy.expires}
            help={copy.expiresHelp}
            options={expiries}
            initial="90"
          />
          <TextInput
            name="expiresOn"
            label={copy.date}
            help={copy.dateHelp}
            type="date"
            width="short"
            optional
          />
          <Textarea name="networks" label={copy.networks} help={copy.networksHelp} optional />
          <div class="bz-actions">
            <SubmitButton look="primary">{apiKeysCopy.create}</SubmitButton>
            <LinkButton href={paths.apiKeys} look="quiet">
              Cancel
            </LinkButton>
          </div>
        </Form>
      </Card>
    </Shell>
  );
}
