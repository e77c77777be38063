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
import { withQuery } from '../../paths.ts';

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
  refused?: { act: string; state: FormState };
}

const path = '/admin/connections/categories';

function columnsOf({ frame, mayManage }: CategoriesPageProps): Column<CategoryRow>[] {
  const all: Column<CategoryRow>[] = [
    {
      title: 'Category',
      render: (row) => <a href={withQuery('/admin/connections', { category: row.key })}>{row.title}</a>,
    },
    { title: 'Key', phone: 'label', render: (row) => <code>{row.key}</code> },
    { title: 'Order', right: true, phone: 'label', render: (row) => <Count value={row.position} /> },
    { title: 'Services', right: true, phone: 'label', render: (row) => <Count value={row.servers} /> },
  ];
  if (!mayManage) return all;
  return [
    ...all,
    {
      title: 'Remove',
      right: true,
      render: (row) =>
        row.servers > 0 ? (
          <span class="bz-muted">In use</span>
        ) : (
          <PostButton frame={frame} action={`${path}/${row.key}/remove`}>
            <SubmitButton small look="quiet" label={`Remove ${row.title}`}>
              Remove
            </SubmitButton>
          </PostButton>
        ),
    },
  ];
}

/** GET /admin/connections/categories */
export function CategoriesPage(props: CategoriesPageProps): VNode {
  const { frame, rows, refused } = props;
  return (
    <Shell frame={frame} title="Categories">
      <PageHeader
        crumbs={[{ title: 'Services', href: '/admin/connections' }]}
        title="Categories"
        purpose="How services are grouped where tenants choose them, in this order."
      />
      {refused?.act === 'remove' && refused.state.problem ? (
        <Notice tone="failed" icon="alert-triangle">
          {refused.state.problem}
        </Notice>
      ) : null}
      <DataTable caption="Categories" columns={columnsOf(props)} rows={rows} />
      {props.mayManage ? (
        <Card title="Add or change" note="The key of an existing category renames or moves that one.">
          <Form
            frame={frame}
            action={path}
            idPrefix="category"
            {...(refused?.act === 'save' && { state: refused.state })}
          >
            <TextInput
              name="key"
              label="Key"
              width="medium"
              help="Small letters and hyphens: human-resources."
            />
            <TextInput name="title" label="Title" width="medium" />
            <TextInput
              name="position"
              label="Order"
              type="number"
              width="short"
              help="Smaller numbers come first."
            />
            <div class="bz-actions">
              <SubmitButton look="primary">Save the category</SubmitButton>
            </div>
          </Form>
        </Card>
      ) : null}
    </Shell>
  );
}
