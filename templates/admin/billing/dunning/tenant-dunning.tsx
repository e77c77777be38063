import type { VNode } from 'preact';
import type { PageContext } from '../../../page-context.ts';
import { paths } from '../../../paths.ts';
import { DialogButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { ReasonDialog } from '../../../ui/dialog.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { Select, TextInput } from '../../../ui/inputs.tsx';
import { KeyFacts } from '../../../ui/key-facts.tsx';
import { Count, Money } from '../../../ui/money.tsx';
import { Day, Moment, Time } from '../../../ui/time.tsx';
import { type CaseRow, verdictOf } from './cases.tsx';
import { accessTexts, declineTexts, dunningCopy as copy, kindTexts, outcomeTexts } from './copy.ts';
import { type ScenarioProps, Scenarios, type ShownStep, StepsTable } from './scenario.tsx';

export interface OpenCaseProps extends CaseRow {
  invoiceId: string;
  tries: number;
  done: readonly ShownStep[];
  scenarios: readonly ScenarioProps[];
  startMs: number;
}

export interface TenantDunningProps {
  frame: PageContext;
  tenant: { id: string; name: string };
  policy: { key: string; title: string; version: number } | null;
  policies: readonly { key: string; title: string }[];
  /** The policy that is given to this tenant itself. */
  own: string | null;
  open: readonly OpenCaseProps[];
  ended: readonly CaseRow[];
  /** Without an open case: what would happen if the next payment fails; null without a subscription. */
  coming: { at: string; scenarios: readonly ScenarioProps[]; startMs: number } | null;
  /** A form that was refused: its dialog opens again. */
  refused?: { action: string; state: FormState } | undefined;
}

type Action = 'try' | 'extend' | 'give-up';
const words = { try: copy.actions.try, extend: copy.actions.extend, 'give-up': copy.actions.giveUp } as const;

function ActionDialog({
  frame,
  tenant,
  refused,
  one,
  action,
}: Pick<TenantDunningProps, 'frame' | 'tenant' | 'refused'> & { one: OpenCaseProps; action: Action }): VNode {
  const { title, happens, stays, submit } = words[action];
  const isRefused = refused?.action === action && refused.state.values?.['invoiceId'] === one.invoiceId;
  return (
    <ReasonDialog
      {...{ frame, happens, stays, submit }}
      id={`${action}-${one.id}`}
      title={title(one.invoice)}
      action={paths.tenantDunning(tenant.id, action)}
      hidden={{ invoiceId: one.invoiceId }}
      danger={action === 'give-up'}
      {...(isRefused && { state: refused.state })}
    >
      {action === 'extend' ? (
        <TextInput name="days" label={copy.actions.extend.days} inputMode="numeric" initial="7" />
      ) : null}
    </ReasonDialog>
  );
}

function OpenCase(
  props: Pick<TenantDunningProps, 'frame' | 'tenant' | 'refused'> & { one: OpenCaseProps },
): VNode {
  const { one } = props;
  const { columns } = copy;
  const actions: readonly Action[] = ['try', 'extend', 'give-up'];
  return (
    <>
      <Card title={one.invoice}>
        <KeyFacts
          facts={[
            { label: columns.amount, value: <Money value={one.due} /> },
            { label: columns.cause, value: declineTexts[one.cause] },
            { label: copy.tenant.since, value: <Time at={one.startedAt} /> },
            { label: copy.tenant.tries, value: <Count value={one.tries} /> },
            { label: columns.access, value: accessTexts[one.access] },
            { label: columns.next, value: one.next ? kindTexts[one.next.kind] : '–' },
            { label: columns.at, value: one.next ? <Moment at={one.next.at} /> : '–' },
          ]}
        />
        <div class="bz-actions">
          {actions.map((action) => (
            <DialogButton
              dialog={`${action}-${one.id}`}
              {...(action === 'give-up' && { look: 'danger' as const })}
            >
              {words[action].open}
            </DialogButton>
          ))}
        </div>
      </Card>
      {actions.map((action) => (
        <ActionDialog {...props} action={action} />
      ))}
      <Card title={copy.tenant.steps}>
        {one.done.length > 0 ? (
          <StepsTable caption={copy.tenant.steps} steps={one.done} />
        ) : (
          <p class="bz-muted">{copy.tenant.noSteps}</p>
        )}
      </Card>
      <Scenarios scenarios={one.scenarios} startMs={one.startMs} access={one.access} />
    </>
  );
}

function PolicyCard({ frame, tenant, policy, policies, own, refused }: TenantDunningProps): VNode {
  const { actions } = copy;
  return (
    <Card
      title={copy.tenant.policy}
      action={<DialogButton dialog="dunning-policy">{actions.policy.open}</DialogButton>}
    >
      <p>
        {policy
          ? `${policy.title}, ${copy.version(policy.version).toLowerCase()}`
          : copy.tenant.noneSubscribed}
      </p>
      <ReasonDialog
        frame={frame}
        id="dunning-policy"
        title={actions.policy.title(tenant.name)}
        happens={actions.policy.happens}
        stays={actions.policy.stays}
        submit={actions.policy.submit}
        action={paths.tenantDunning(tenant.id, 'policy')}
        {...(refused?.action === 'policy' && { state: refused.state })}
      >
        <Select
          name="policy"
          label={copy.tenant.policy}
          placeholder={actions.policy.standard}
          initial={own ?? ''}
          options={policies.map(({ key, title }) => ({ value: key, label: title }))}
        />
      </ReasonDialog>
    </Card>
  );
}

/** The tab of a tenant: its overdue invoices with what is still to come, and what would come. */
export function TenantDunning(props: TenantDunningProps): VNode {
  const { open, ended, coming } = props;
  return (
    <>
      {open.map((one) => (
        <OpenCase {...props} one={one} />
      ))}
      {open.length === 0 ? <p>{copy.tenant.none}</p> : null}
      <PolicyCard {...props} />
      {coming ? (
        <>
          <p>
            {copy.tenant.coming} <Day at={coming.at} />
          </p>
          <Scenarios scenarios={coming.scenarios} startMs={coming.startMs} />
        </>
      ) : null}
      {ended.length > 0 ? (
        <Card title={copy.tenant.ended} flush>
          <DataTable
            caption={copy.tenant.ended}
            rows={ended}
            columns={[
              { title: copy.columns.invoice, render: ({ invoice }) => invoice },
              {
                title: copy.columns.outcome,
                render: ({ outcome }) => (outcome ? outcomeTexts[outcome] : '–'),
              },
              { title: copy.columns.preview, render: verdictOf },
              {
                title: copy.columns.started,
                right: true,
                render: ({ startedAt }) => <Time at={startedAt} />,
              },
            ]}
          />
        </Card>
      ) : null}
    </>
  );
}
