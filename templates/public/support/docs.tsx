import type { VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import { SiteNav } from '../../layout/site-nav.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { docsCopy as copy } from './docs-copy.ts';
import type { ReferenceGroup } from './reference-props.ts';

export interface DocsPageProps {
  frame: PageContext;
  /** What a search found, or all. */
  groups: readonly ReferenceGroup[];
  search: string;
  publicUrl: string;
}

const sides = ['client', 'account', 'admin'] as const;

/** The groups of a side. */
function Side(props: { side: ReferenceGroup['side']; groups: readonly ReferenceGroup[] }): VNode {
  return (
    <Card title={copy.sides[props.side]} flush>
      <DataTable
        caption={copy.sides[props.side]}
        columns={[
          { title: copy.columns.group, render: ({ title }) => title },
          { title: copy.columns.count, right: true, render: ({ operations }) => String(operations.length) },
        ]}
        rows={props.groups}
        rowHref={({ key }) => paths.docsGroup(key)}
      />
    </Card>
  );
}

/** The operations that a search found. */
function Found({ groups }: { groups: readonly ReferenceGroup[] }): VNode {
  const rows = groups.flatMap(({ key, operations }) => operations.map((one) => ({ ...one, key })));
  return (
    <Card title={copy.found} flush>
      <DataTable
        caption={copy.found}
        columns={[
          { title: copy.columns.summary, render: ({ summary }) => summary },
          {
            title: copy.columns.path,
            phone: 'label',
            render: ({ method, path }) => <code>{`${method} ${path}`}</code>,
          },
        ]}
        rows={rows}
        rowHref={({ key, id }) => `${paths.docsGroup(key)}#${id}`}
      />
    </Card>
  );
}

function Guide({ publicUrl }: { publicUrl: string }): VNode {
  const request = `curl ${publicUrl}/api/client/team -H "Authorization: Bearer $BIZOSAAS_KEY"`;
  return (
    <>
      <CodeBlock label={copy.example} text={request} />
      <div class="bz-grid">
        {copy.guide.map(({ title, text }) => (
          <Card title={title}>
            <p>{text}</p>
          </Card>
        ))}
      </div>
    </>
  );
}

/** GET /docs */
export function DocsPage({ frame, groups, search, publicUrl }: DocsPageProps): VNode {
  return (
    <Bare frame={frame} title={copy.title} aside={<SiteNav frame={frame} />} wide>
      <PageHeader
        title={copy.title}
        purpose={copy.purpose}
        action={<LinkButton href={paths.apiDescription}>{copy.openApi}</LinkButton>}
      />
      {search === '' ? <Guide publicUrl={publicUrl} /> : null}
      <h2>{copy.reference}</h2>
      <FilterBar path={paths.docs} query={{ q: search }} search={copy.search} filters={[]} />
      {groups.length === 0 ? (
        <EmptyState
          icon="search"
          title={copy.noMatch}
          text={copy.noMatchText}
          action={<LinkButton href={paths.docs}>{copy.clear}</LinkButton>}
        />
      ) : search !== '' ? (
        <Found groups={groups} />
      ) : (
        <div class="bz-grid">
          {sides
            .map((side) => ({ side, own: groups.filter((group) => group.side === side) }))
            .filter(({ own }) => own.length > 0)
            .map(({ side, own }) => (
              <Side side={side} groups={own} />
            ))}
        </div>
      )}
    </Bare>
  );
}
