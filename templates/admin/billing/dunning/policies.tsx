import type { VNode } from 'preact';
import type { DunningPolicy } from '../../../../db/domain/billing/dunning/policy.ts';
import { dunningMails } from '../../../../db/domain/billing/dunning/state.ts';
import { type DeclineClass, declineClasses } from '../../../../db/domain/billing/payments.ts';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths } from '../../../paths.ts';
import { SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Checkbox, CheckboxList } from '../../../ui/choices.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { Form } from '../../../ui/form.tsx';
import { FormContext, type FormState } from '../../../ui/form-state.tsx';
import { Select, TextInput } from '../../../ui/inputs.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Day } from '../../../ui/time.tsx';
import { declineTexts, dunningCopy as copy, mailTexts } from './copy.ts';
import { type ScenarioProps, Scenarios } from './scenario.tsx';

export interface PolicyProps {
  key: string;
  title: string;
  version: number;
  createdAt: string;
  policy: DunningPolicy;
}

const crumb = { title: copy.title, href: paths.dunning };

/** GET /admin/dunning/policies */
export function PoliciesPage({
  frame,
  policies,
}: {
  frame: PageContext;
  policies: readonly PolicyProps[];
}): VNode {
  return (
    <Shell frame={frame} title={copy.policies}>
      <PageHeader title={copy.policies} purpose={copy.policiesPurpose} crumbs={[crumb]} />
      <DataTable
        caption={copy.policies}
        rows={policies}
        rowHref={({ key }) => paths.dunningPolicy(key)}
        columns={[
          { title: copy.form.title, render: ({ title }) => title },
          {
            title: copy.form.restrict,
            right: true,
            phone: 'label',
            render: ({ policy }) => policy.restrictAfterDays,
          },
          {
            title: copy.form.suspend,
            right: true,
            phone: 'label',
            render: ({ policy }) => policy.suspendAfterDays,
          },
          {
            title: copy.form.cancel,
            right: true,
            phone: 'label',
            render: ({ policy }) => policy.cancelAfterDays,
          },
          { title: 'Version', right: true, phone: 'label', render: ({ version }) => version },
          {
            title: 'Published',
            right: true,
            phone: 'label',
            render: ({ createdAt }) => <Day at={createdAt} />,
          },
        ]}
      />
    </Shell>
  );
}

function PolicyForm({
  frame,
  shown,
  state,
}: {
  frame: PageContext;
  shown: PolicyProps;
  state?: FormState | undefined;
}): VNode {
  const { form } = copy;
  const { policy } = shown;
  const number = (
    name: 'maxTries' | 'fromHour' | 'toHour' | 'restrictAfterDays' | 'suspendAfterDays' | 'cancelAfterDays',
    label: string,
    help?: string,
  ) => (
    <TextInput
      name={name}
      label={label}
      inputMode="numeric"
      initial={String(policy[name])}
      {...(help && { help })}
    />
  );
  return (
    <Form frame={frame} action={paths.dunningPolicyPublish(shown.key)} {...(state && { state })}>
      <TextInput name="title" label={form.title} initial={shown.title} help={copy.versionHelp} />
      <p>{form.days}</p>
      {declineClasses.map((declineClass) => (
        <TextInput
          name={`retriesByClass.${declineClass}`}
          label={declineTexts[declineClass]}
          initial={policy.retriesByClass[declineClass].join(', ')}
        />
      ))}
      {number('maxTries', form.maxTries, form.maxTriesHelp)}
      {number('fromHour', form.fromHour, form.hoursHelp)}
      {number('toHour', form.toHour)}
      <Checkbox name="avoidWeekends" label={form.weekends} initial={policy.avoidWeekends} />
      {number('restrictAfterDays', form.restrict)}
      {number('suspendAfterDays', form.suspend)}
      {number('cancelAfterDays', form.cancel)}
      <CheckboxList
        name="mails"
        label={form.mails}
        initial={policy.mails}
        columns={2}
        options={dunningMails.map((mail) => ({ value: mail, title: mailTexts[mail] }))}
      />
      <div class="bz-actions">
        <SubmitButton look="primary">{copy.publish}</SubmitButton>
      </div>
    </Form>
  );
}

export interface PolicyPageProps {
  frame: PageContext;
  shown: PolicyProps;
  declineClass: DeclineClass;
  scenarios: readonly ScenarioProps[];
  startMs: number;
  state?: FormState | undefined;
}

/** GET /admin/dunning/policies/:key */
export function PolicyPage({
  frame,
  shown,
  declineClass,
  scenarios,
  startMs,
  state,
}: PolicyPageProps): VNode {
  return (
    <Shell frame={frame} title={shown.title}>
      <PageHeader
        title={shown.title}
        purpose={copy.version(shown.version)}
        crumbs={[crumb, { title: copy.policies, href: paths.dunningPolicies }]}
      />
      <h2>{copy.preview}</h2>
      <p class="bz-muted">{copy.previewHelp}</p>
      <form method="get" action={paths.dunningPolicy(shown.key)} class="bz-dunning-choose">
        <FormContext.Provider value={{ idPrefix: 'preview' }}>
          <Select
            name="declineClass"
            label={copy.previewClass}
            initial={declineClass}
            options={declineClasses.map((value) => ({ value, label: declineTexts[value] }))}
          />
        </FormContext.Provider>
        <SubmitButton>{copy.show}</SubmitButton>
      </form>
      <Scenarios {...{ scenarios, startMs }} />
      <Card title={copy.form.heading}>
        <PolicyForm {...{ frame, shown, state }} />
      </Card>
    </Shell>
  );
}
