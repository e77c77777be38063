import { type BulkKind, bulkKinds } from '../../../db/domain/tenants/help.ts';
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
import { ReasonInput } from '../../ui/inputs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths } from '../../paths.ts';
import { helpWords } from '../onboarding/copy.ts';
import { DaysField, helpIcons } from '../onboarding/help.tsx';
import type { HelpedStep } from '../onboarding/help.tsx';
import { bulkCopy, listCopy, tenantsCopy } from './copy.ts';

const path = paths.tenants;
const crumbs = [{ title: tenantsCopy.platform.title, href: path }];

/** The form around the list, with the actions for selected rows; shown once a row is selected. */
export function BulkBar(props: { children: ComponentChildren }): VNode {
  return (
    <form method="get" action={paths.tenantsBulk} class="bz-selectable" data-selectable>
      <div class="bz-bulk" role="group" aria-label={bulkCopy.actions}>
        <span data-chosen>{bulkCopy.selected}</span>
        {bulkKinds.map((kind) => (
          <SubmitButton small name="action" value={kind}>
            {bulkCopy.button[kind]}
          </SubmitButton>
        ))}
        <label class="bz-check" data-choose-all hidden>
          <input class="form-check-input" type="checkbox" />
          <span>{bulkCopy.selectAll}</span>
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
  leftOut: keyof typeof bulkCopy.leftOut | null;
}

export interface BulkPreviewProps {
  frame: PageContext;
  kind: BulkKind;
  tenants: readonly AffectedTenant[];
  /** Idempotency key: submitting twice takes effect once. */
  requestKey: string;
  form?: FormState;
}

function Affected(props: { tenants: readonly AffectedTenant[]; happens: string }): VNode {
  return (
    <DataTable
      caption={bulkCopy.previewCaption}
      rows={props.tenants}
      columns={[
        { title: listCopy.tenant, render: (row) => <a href={paths.tenant(row.id)}>{row.name}</a> },
        {
          title: listCopy.step,
          phone: 'label',
          render: (row) => (row.step ? onboardingTitles[row.step] : '–'),
        },
        {
          title: bulkCopy.whatHappens,
          render: (row) =>
            row.leftOut === null ? (
              props.happens
            ) : (
              <span class="bz-muted">{bulkCopy.skipped(bulkCopy.leftOut[row.leftOut])}</span>
            ),
        },
      ]}
    />
  );
}

/** GET /admin/tenants/bulk?action=&tenant=&tenant=; POST /admin/tenants/bulk/:kind: tenant (repeated), reason, days. */
export function BulkPreviewPage(props: BulkPreviewProps): VNode {
  const { frame, kind, tenants } = props;
  // As for a single tenant: what does no harm asks for no reason and records this one.
  const { oneClickReason } = helpWords[kind];
  const affected = tenants.filter(({ leftOut }) => leftOut === null);
  const title = bulkCopy.title(kind, affected.length);
  return (
    <Shell frame={frame} title={title}>
      <PageHeader crumbs={crumbs} title={title} purpose={helpWords[kind].happens} />
      <Card title={bulkCopy.affected} flush>
        <Affected tenants={tenants} happens={bulkCopy.happens[kind]} />
      </Card>
      {affected.length > 0 ? (
        <Form
          frame={frame}
          action={paths.tenantsBulkAction(kind)}
          hidden={{ requestKey: props.requestKey, reason: oneClickReason }}
          state={props.form}
          class={oneClickReason === undefined ? 'bz-panel' : undefined}
        >
          {/* Those left out are sent too: they stay in view after an error, and the result says why. */}
          {tenants.map(({ id }) => (
            <input type="hidden" name="tenant" value={id} />
          ))}
          {kind === 'extend' ? <DaysField /> : null}
          {oneClickReason === undefined ? <ReasonInput log={bulkCopy.log} /> : null}
          <div class="bz-actions">
            <SubmitButton look="primary" icon={helpIcons[kind]}>
              {helpWords[kind].submit}
            </SubmitButton>
            <a class="btn bz-quiet" href={path}>
              {listCopy.cancel}
            </a>
          </div>
        </Form>
      ) : (
        <EmptyState
          icon="circle-check"
          title={bulkCopy.noneTitle}
          text={bulkCopy.noneText}
          action={<LinkButton href={path}>{bulkCopy.back}</LinkButton>}
        />
      )}
    </Shell>
  );
}
