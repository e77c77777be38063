import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Form, PostButton } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { Count } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths, withQuery } from '../../paths.ts';
import { categoriesCopy, integrationsTitle } from './copy/registry.ts';

export interface CategoryRow {
  key: string;
  title: string;
  position: number;
  servers: number;
}

export interface CategoriesPageProps {
  frame: PageContext;
  rows: readonly CategoryRow[];
  mayManage: boolean;
  /** The form that was just rejected. */
  rejected?: { action: string; state: FormState };
}

function columnsOf({ frame, mayManage }: CategoriesPageProps): Column<CategoryRow>[] {
  const all: Column<CategoryRow>[] = [
    {
      title: 'Category',
      render: (row) => <a href={withQuery(paths.registry, { category: row.key })}>{row.title}</a>,
    },
    { title: 'Key', phone: 'label', render: (row) => <code>{row.key}</code> },
    { title: 'Order', right: true, phone: 'label', render: (row) => <Count value={row.position} /> },
    { title: 'Servers', right: true, phone: 'label', render: (row) => <Count value={row.servers} /> },
  ];
  if (!mayManage) return all;
  return [
    ...all,
    {
      title: 'Remove',
      right: true,
      render: (row) =>
        row.servers > 0 ? (
          <span class="bz-muted">{categoriesCopy.inUse}</span>
        ) : (
          <PostButton frame={frame} action={paths.removeCategory(row.key)}>
            <SubmitButton small look="quiet" label={categoriesCopy.removeLabel(row.title)}>
              Remove
            </SubmitButton>
          </PostButton>
        ),
    },
  ];
}

/** GET /admin/integrations/categories */
export function CategoriesPage(props: CategoriesPageProps): VNode {
  const { frame, rows, rejected } = props;
  return (
    <Shell frame={frame} title={categoriesCopy.title}>
      <PageHeader
        crumbs={[{ title: integrationsTitle, href: paths.registry }]}
        title={categoriesCopy.title}
        purpose={categoriesCopy.purpose}
      />
      {rejected?.action === 'remove' && rejected.state.problem ? (
        <Notice tone="failed" icon="alert-triangle">
          {rejected.state.problem}
        </Notice>
      ) : null}
      <DataTable caption={categoriesCopy.title} columns={columnsOf(props)} rows={rows} />
      {props.mayManage ? (
        <Card title={categoriesCopy.formTitle} note={categoriesCopy.formNote}>
          <Form
            frame={frame}
            action={paths.registryCategories}
            idPrefix="category"
            {...(rejected?.action === 'save' && { state: rejected.state })}
          >
            <TextInput name="key" label="Key" width="medium" help={categoriesCopy.keyHelp} />
            <TextInput name="title" label="Title" width="medium" />
            <TextInput
              name="position"
              label="Order"
              type="number"
              width="short"
              help={categoriesCopy.positionHelp}
            />
            <div class="bz-actions">
              <SubmitButton look="primary">{categoriesCopy.save}</SubmitButton>
            </div>
          </Form>
        </Card>
      ) : null}
    </Shell>
  );
}
