import type { VNode } from 'preact';
import { type BulkKey, bulkOperations } from '../../../../db/domain/bulk.ts';
import { features } from '../../../../db/domain/people/features.ts';
import { roleTitles, tenantRoles } from '../../../../db/domain/roles.ts';
import { estimateMs } from '../../../../db/domain/runs/bulk-operation.ts';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths } from '../../../paths.ts';
import { LinkButton, SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Form } from '../../../ui/form.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { durationText } from '../../../ui/format.ts';
import { type Option, ReasonInput, Select, TextInput } from '../../../ui/inputs.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { bulkCopy as copy, causeText, itemsText, operationWords, subjectCopy } from './copy.ts';
import { hrefOfItem, hrefOfList } from './hrefs.ts';
import { subjectOf } from './list.tsx';

export interface BulkSample {
  id: string;
  /** Null for what is out of the viewer's reach. */
  name: string | null;
  /** A code of the error table; null where the operation applies. */
  leftOut: string | null;
}

export interface BulkPreviewProps {
  frame: PageContext;
  operation: BulkKey;
  parameters: Readonly<Record<string, string | number>>;
  /** What is chosen: these items, or everything that the query of the list finds. */
  items: readonly string[];
  filter: string | undefined;
  /** Operations of the same subject that the viewer may run. */
  offered: readonly BulkKey[];
  /** Of the tenant it is limited to; null where it isn't. */
  tenantName: string | null;
  total: number;
  affected: number;
  /** Why items are left out, and how many. */
  causes: readonly { code: string; count: number }[];
  sample: readonly BulkSample[];
  /** Idempotency key: submitting twice takes effect once. */
  requestKey: string;
  form?: FormState;
}

/** What is chosen, as fields of a form that keeps it. */
function ChoiceFields({ items, filter }: BulkPreviewProps): VNode {
  return (
    <>
      {items.map((id) => (
        <input type="hidden" name="items" value={id} />
      ))}
      {filter === undefined ? null : <input type="hidden" name="filter" value={filter} />}
    </>
  );
}

function addressOf({ items, filter }: BulkPreviewProps, operation: BulkKey): string {
  const query = new URLSearchParams({ operation });
  for (const id of items) query.append('items', id);
  if (filter !== undefined) query.set('filter', filter);
  return `${paths.newBulkOperation}?${query.toString()}`;
}

const optionsOf = (titles: Readonly<Record<string, string>>): Option[] =>
  Object.entries(titles).map(([value, label]) => ({ value, label }));
const roleOptions = tenantRoles.map((role) => ({ value: role, label: roleTitles[role] }));

/** What exactly to set; a form of its own, since the preview depends on it. */
function Details(props: BulkPreviewProps): VNode | null {
  const { operation, parameters } = props;
  if (operation !== 'people.set-role' && operation !== 'people.set-feature') return null;
  const { role = '', feature = '', switch: to = '', tenant } = parameters;
  return (
    <form method="get" action={paths.newBulkOperation} class="bz-panel">
      <input type="hidden" name="operation" value={operation} />
      {tenant ? <input type="hidden" name="parameters.tenant" value={tenant} /> : null}
      <ChoiceFields {...props} />
      {operation === 'people.set-role' ? (
        <Select
          name="parameters.role"
          label={copy.role}
          initial={String(role)}
          width="medium"
          options={roleOptions}
        />
      ) : (
        <>
          <Select
            name="parameters.feature"
            label={copy.feature}
            initial={String(feature)}
            width="medium"
            options={optionsOf(features)}
          />
          <Select
            name="parameters.switch"
            label={copy.switch}
            initial={String(to)}
            width="medium"
            options={optionsOf({ off: copy.off, on: copy.on })}
          />
        </>
      )}
      <SubmitButton>{copy.update}</SubmitButton>
    </form>
  );
}

function Sample({ sample, total, operation }: BulkPreviewProps): VNode {
  const subject = subjectOf(operation);
  return (
    <Card title={copy.sample(sample.length, total)} flush>
      <DataTable
        caption={copy.sampleCaption}
        rows={sample}
        columns={[
          {
            title: subjectCopy[subject].item,
            render: ({ id, name }) => (name === null ? id : <a href={hrefOfItem(subject, id)}>{name}</a>),
          },
          {
            title: copy.whatHappens,
            render: ({ leftOut }) =>
              leftOut === null ? (
                operationWords[operation].name
              ) : (
                <span class="bz-muted">{copy.leftOut(causeText(leftOut))}</span>
              ),
          },
        ]}
      />
    </Card>
  );
}

function Confirm(props: BulkPreviewProps): VNode {
  const { frame, operation, parameters, total, affected } = props;
  const { pacePerMinute, isDestructive } = bulkOperations[operation];
  const { days: _days, ...set } = parameters;
  const hidden = Object.fromEntries(
    Object.entries(set).map(([name, value]) => [`parameters.${name}`, String(value)]),
  );
  const subject = subjectOf(operation);
  return (
    <Form
      frame={frame}
      action={paths.newBulkOperation}
      hidden={{ operation, ...hidden, expected: String(total), requestKey: props.requestKey }}
      state={props.form}
      class="bz-panel"
    >
      {/* What is left out is sent too: it stays in view after an error, and the result says why. */}
      <ChoiceFields {...props} />
      {operation === 'tenants.extend' ? (
        <TextInput
          name="parameters.days"
          label={copy.days}
          type="number"
          inputMode="numeric"
          initial="7"
          width="short"
        />
      ) : null}
      <TextInput
        name="pacePerMinute"
        label={copy.pace}
        help={`${copy.paceHelp} ${copy.estimate(durationText(estimateMs(affected, pacePerMinute)), pacePerMinute)}`}
        type="number"
        inputMode="numeric"
        initial={String(pacePerMinute)}
        width="short"
      />
      <ReasonInput log={copy.log} />
      <div class="bz-actions">
        <SubmitButton look={isDestructive ? 'danger' : 'primary'}>
          {operationWords[operation].title(itemsText(subject, affected), set)}
        </SubmitButton>
        <a class="btn bz-quiet" href={hrefOfList(subject)}>
          {copy.cancel}
        </a>
      </div>
    </Form>
  );
}

/** GET /admin/bulk-operations/new?operation=&items=&items= (or filter=), parameters.…; POST the same with reason, requestKey. */
export function BulkPreviewPage(props: BulkPreviewProps): VNode {
  const { frame, operation, parameters, affected, total, causes, tenantName } = props;
  const subject = subjectOf(operation);
  const title = operationWords[operation].title(itemsText(subject, affected), parameters);
  return (
    <Shell frame={frame} title={title}>
      <PageHeader
        crumbs={[{ title: subjectCopy[subject].title, href: hrefOfList(subject) }]}
        title={title}
        purpose={operationWords[operation].purpose}
      />
      {props.offered.length > 1 ? (
        <Tabs
          label={copy.kinds}
          current={operation}
          tabs={props.offered.map((key) => ({
            key,
            title: operationWords[key].name,
            href: addressOf(props, key),
          }))}
        />
      ) : null}
      {tenantName === null ? null : (
        <Notice tone="idle" icon="info-circle">
          {copy.inTenant(tenantName)}
        </Notice>
      )}
      <Details {...props} />
      <Card title={copy.will(itemsText(subject, affected), total - affected)}>
        {causes.length > 0 ? (
          <ul>
            {causes.map(({ code, count }) => (
              <li>
                {count} · {causeText(code)}
              </li>
            ))}
          </ul>
        ) : (
          <p class="bz-muted">{copy.noneLeftOut}</p>
        )}
      </Card>
      <Sample {...props} />
      {affected > 0 ? (
        <Confirm {...props} />
      ) : (
        <EmptyState
          icon="circle-check"
          title={copy.noneTitle}
          text={copy.noneText}
          action={<LinkButton href={hrefOfList(subject)}>{copy.back(subject)}</LinkButton>}
        />
      )}
    </Shell>
  );
}
