import { onboardingTitles } from '../../../db/domain/onboarding/steps.ts';
import type { ComponentChildren, VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { countText } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { ReasonInput } from '../../ui/inputs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths } from '../../paths.ts';
import { DaysField, helpWords } from '../onboarding/help.tsx';
import type { HelpedStep } from '../onboarding/help.tsx';

/** Actions for many tenants at once. */
export const bulkKinds = ['remind', 'extend'] as const;
export type BulkKind = (typeof bulkKinds)[number];

const path = '/admin/tenants';
const crumbs = [{ title: 'Tenants', href: path }];

/** The form around the list, with the actions for selected rows; shown once a row is selected. */
export function BulkBar(props: { children: ComponentChildren }): VNode {
  return (
    <form method="get" action={`${path}/bulk`} class="bz-selectable" data-selectable>
      <div class="bz-bulk" role="group" aria-label="Actions for selected tenants">
        <span data-chosen>Selected tenants:</span>
        {bulkKinds.map((kind) => (
          <SubmitButton small name="action" value={kind}>
            {kind === 'remind' ? 'Send a reminder…' : helpWords[kind].button}
          </SubmitButton>
        ))}
        <label class="bz-check" data-choose-all hidden>
          <input class="form-check-input" type="checkbox" />
          <span>Select all on this page</span>
        </label>
      </div>
      {props.children}
    </form>
  );
}

export interface AffectedTenant {
  id: string;
  name: string;
  step: HelpedStep | null;
  /** Why the tenant is skipped; null where the action applies. */
  leftOut: string | null;
}

export interface BulkPreviewProps {
  frame: PageContext;
  kind: BulkKind;
  tenants: readonly AffectedTenant[];
  /** Idempotency key: submitting twice takes effect once. */
  requestKey: string;
  form?: FormState;
}

const titleOf = (kind: BulkKind, count: number) => {
  const whom = countText(count, 'tenant', 'tenants');
  return kind === 'remind' ? `Send a reminder to ${whom}` : `Extend setup for ${whom}`;
};

function Affected(props: { tenants: readonly AffectedTenant[]; happens: string }): VNode {
  return (
    <DataTable
      caption="Selected tenants and what happens to each"
      rows={props.tenants}
      columns={[
        { title: 'Tenant', render: (row) => <a href={paths.tenant(row.id)}>{row.name}</a> },
        {
          title: 'Setup step',
          phone: 'label',
          render: (row) => (row.step ? onboardingTitles[row.step] : '–'),
        },
        {
          title: 'What happens',
          render: (row) =>
            row.leftOut === null ? props.happens : <span class="bz-muted">Skipped: {row.leftOut}</span>,
        },
      ]}
    />
  );
}

/** GET /admin/tenants/bulk?action=&tenant=&tenant=; POST /admin/tenants/bulk/:kind: tenant (repeated), reason, days. */
export function BulkPreviewPage(props: BulkPreviewProps): VNode {
  const { frame, kind, tenants } = props;
  const affected = tenants.filter(({ leftOut }) => leftOut === null);
  const title = titleOf(kind, affected.length);
  return (
    <Shell frame={frame} title={title}>
      <PageHeader crumbs={crumbs} title={title} purpose={helpWords[kind].happens} />
      <Card title="Who is affected" flush>
        <Affected
          tenants={tenants}
          happens={kind === 'remind' ? 'Receives the reminder' : 'Gets the extra days'}
        />
      </Card>
      {affected.length > 0 ? (
        <Form
          frame={frame}
          action={`${path}/bulk/${kind}`}
          hidden={{ requestKey: props.requestKey }}
          state={props.form}
          class="bz-panel"
        >
          {affected.map(({ id }) => (
            <input type="hidden" name="tenant" value={id} />
          ))}
          {kind === 'extend' ? <DaysField /> : null}
          <ReasonInput log="the audit log of each tenant" />
          <div class="bz-actions">
            <SubmitButton look="primary" icon={helpWords[kind].icon}>
              {helpWords[kind].submit}
            </SubmitButton>
            <a class="btn bz-quiet" href={path}>
              Cancel
            </a>
          </div>
        </Form>
      ) : (
        <EmptyState
          icon="circle-check"
          title="No eligible tenants"
          text="None of these tenants has a setup that waits for its owner."
          action={<LinkButton href={path}>Back to tenants</LinkButton>}
        />
      )}
    </Shell>
  );
}

export interface BulkResult {
  id: string;
  name: string;
  /** Why the action failed; null where it succeeded. */
  problem: string | null;
}

/** GET /admin/tenants/bulk/done: the result for each tenant. */
export function BulkDonePage(props: {
  frame: PageContext;
  kind: BulkKind;
  results: readonly BulkResult[];
}): VNode {
  const { frame, kind, results } = props;
  const done = results.filter(({ problem }) => problem === null).length;
  const words = kind === 'remind' ? 'Reminder sent' : 'Setup extended';
  const title = `${words}: ${done} of ${countText(results.length, 'tenant', 'tenants')}`;
  return (
    <Shell frame={frame} title={title}>
      <PageHeader
        crumbs={crumbs}
        title={title}
        purpose={
          done === results.length
            ? 'Recorded in each tenant’s audit log, with your reason.'
            : 'Recorded in the audit log where it succeeded, with your reason. The other tenants are unchanged.'
        }
        action={<LinkButton href={path}>Back to tenants</LinkButton>}
      />
      <DataTable
        caption="Results"
        rows={results}
        columns={[
          { title: 'Tenant', render: (row) => <a href={paths.tenant(row.id)}>{row.name}</a> },
          {
            title: 'Result',
            render: (row) => (
              <span class={`bz-st bz-${row.problem === null ? 'done' : 'failed'}`}>
                <Icon name={row.problem === null ? 'circle-check' : 'alert-circle'} />
                {row.problem ?? 'Done'}
              </span>
            ),
          },
        ]}
      />
    </Shell>
  );
}
