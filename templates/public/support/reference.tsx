import type { VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import { SiteNav } from '../../layout/site-nav.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { docsCopy as copy } from './docs-copy.ts';
import type {
  ReferenceField,
  ReferenceGroup,
  ReferenceOperation,
  ReferenceProblem,
} from './reference-props.ts';

const { columns } = copy;

const fieldColumns: readonly Column<ReferenceField>[] = [
  { title: columns.name, render: ({ name }) => <code>{name}</code> },
  { title: columns.type, render: ({ type }) => type, phone: 'label' },
  {
    title: columns.required,
    render: ({ required }) => (required ? copy.yes : copy.no),
    phone: 'label',
  },
  { title: columns.limits, render: ({ limits }) => limits.join(', '), phone: 'label' },
];

const parameterColumns: readonly Column<ReferenceOperation['parameters'][number]>[] = [
  ...fieldColumns.slice(0, 1),
  { title: columns.place, render: ({ place }) => place, phone: 'label' },
  ...fieldColumns.slice(1),
];

const answerColumns: readonly Column<ReferenceField>[] = fieldColumns.slice(0, 2);

const problemColumns: readonly Column<ReferenceProblem>[] = [
  { title: columns.code, render: ({ code }) => <code>{code}</code> },
  { title: columns.status, render: ({ status }) => String(status), phone: 'label' },
  { title: columns.meaning, render: ({ text }) => text, phone: 'label' },
];

const contentColumns: readonly Column<ReferenceOperation>[] = [
  { title: columns.summary, render: ({ summary }) => summary },
  { title: columns.path, render: ({ method, path }) => <code>{`${method} ${path}`}</code>, phone: 'label' },
];

function Part<Row>(props: {
  title: string;
  of: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
}): VNode | null {
  if (props.rows.length === 0) return null;
  return (
    <>
      <h3>{props.title}</h3>
      <DataTable caption={`${props.title}: ${props.of}`} columns={props.columns} rows={props.rows} />
    </>
  );
}

function Access({ operation }: { operation: ReferenceOperation }): VNode {
  const { access, permission, byKey, confirms } = operation;
  return (
    <p class="bz-muted">
      {access === 'permission' ? (
        <>
          {copy.permission} <code>{permission}</code>. {byKey ? null : copy.noKey}
        </>
      ) : (
        copy.access[access]
      )}{' '}
      {confirms ? copy.confirms : null}
    </p>
  );
}

function Operation({ operation }: { operation: ReferenceOperation }): VNode {
  const { id, method, path, summary, deprecated } = operation;
  const name = `${method} ${path}`;
  return (
    <Card title={summary} id={id}>
      <p>
        <code>{name}</code> {deprecated ? <strong>{copy.deprecated}</strong> : null}
      </p>
      <Access operation={operation} />
      <Part title={copy.parameters} of={name} rows={operation.parameters} columns={parameterColumns} />
      <Part title={copy.body} of={name} rows={operation.body} columns={fieldColumns} />
      <Part title={copy.answer(operation.status)} of={name} rows={operation.answer} columns={answerColumns} />
      <Part title={copy.problems} of={name} rows={operation.problems} columns={problemColumns} />
    </Card>
  );
}

/** GET /docs/:group */
export function ReferencePage({ frame, group }: { frame: PageContext; group: ReferenceGroup }): VNode {
  return (
    <Bare frame={frame} title={`${group.title} · ${copy.title}`} aside={<SiteNav frame={frame} />} wide>
      <PageHeader
        crumbs={[{ title: copy.title, href: paths.docs }]}
        title={group.title}
        purpose={copy.sides[group.side]}
      />
      {group.operations.length > 1 ? (
        <nav aria-label={copy.onThisPage}>
          <DataTable
            caption={copy.onThisPage}
            columns={contentColumns}
            rows={group.operations}
            rowHref={({ id }) => `#${id}`}
          />
        </nav>
      ) : null}
      {group.operations.map((operation) => (
        <Operation operation={operation} />
      ))}
    </Bare>
  );
}
