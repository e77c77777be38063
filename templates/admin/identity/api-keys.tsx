import type { VNode } from 'preact';
import type { KeyKind, KeyState } from '../../../db/domain/identity/api-key.ts';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths, type Query } from '../../paths.ts';
import { DialogButton } from '../../ui/button.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ReasonDialog } from '../../ui/dialog.tsx';
import { EmptyState, NoMatch } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { ListCount } from '../../ui/list-head.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { adminKeysCopy as copy } from './key-copy.ts';

export interface OverseenRow {
  id: string;
  tenantId: string;
  /** Null for keys of the platform's own people. */
  tenantName: string | null;
  kind: KeyKind;
  name: string;
  owner: string | null;
  scopes: readonly string[];
  networks: readonly string[];
  last4: string;
  state: KeyState;
  expiresAt: string | null;
  createdAt: string;
  lastUsedAt: string | null;
  lastUsedIp: string | null;
}

export interface AdminKeysPageProps {
  frame: PageContext;
  rows: readonly OverseenRow[];
  /** q (key, tenant or person), state, kind, tenant, cursor. */
  query: Query;
  nextCursor: string | null;
  total?: number;
  refused?: { id: string; form: FormState };
}

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

const columns: readonly Column<OverseenRow>[] = [
  {
    title: 'Key',
    render: (row) => (
      <>
        <strong>{row.name}</strong>
        <div class="bz-muted">
          {[copy.kinds[row.kind], row.owner, `…${row.last4}`].filter(Boolean).join(' · ')}
        </div>
        <details>
          <summary>{row.scopes.length === 1 ? '1 scope' : `${row.scopes.length} scopes`}</summary>
          <div class="bz-muted">{[...row.scopes, ...row.networks].join(', ')}</div>
        </details>
      </>
    ),
  },
  {
    title: 'Tenant',
    phone: 'label',
    render: (row) =>
      row.tenantName === null ? copy.platform : <a href={paths.tenant(row.tenantId)}>{row.tenantName}</a>,
  },
  { title: 'State', render: (row) => <StatusBadge kind="apiKey" state={row.state} /> },
  {
    title: 'Last used',
    phone: 'label',
    render: (row) =>
      row.lastUsedAt ? (
        <>
          <Time at={row.lastUsedAt} />
          <div class="bz-muted">{row.lastUsedIp}</div>
        </>
      ) : (
        <span class="bz-muted">{copy.notUsed}</span>
      ),
  },
  {
    title: 'Expires',
    phone: 'label',
    render: (row) => (row.expiresAt ? <Time at={row.expiresAt} /> : copy.never),
  },
  {
    title: 'Actions',
    right: true,
    render: (row) =>
      row.state === 'revoked' ? null : (
        <DialogButton dialog={`revoke-${row.id}`} small>
          {copy.revoke.open}
        </DialogButton>
      ),
  },
];

/** GET /admin/api-keys; POST …/:id/revoke (reason). */
export function AdminKeysPage(props: AdminKeysPageProps): VNode {
  const { frame, rows, query, refused } = props;
  const path = paths.adminApiKeys;
  const isFiltered = Boolean(query['q'] ?? query['state'] ?? query['kind'] ?? query['tenant']);
  return (
    <Shell frame={frame} title={copy.title} wide>
      <PageHeader title={copy.title} purpose={copy.purpose} mark={<ListCount total={props.total} />} />
      <FilterBar
        {...{ path, query }}
        search={copy.search}
        filters={[
          { name: 'state', label: 'State', options: options(copy.states) },
          { name: 'kind', label: 'Kind', options: options(copy.kinds) },
        ]}
      />
      {rows.length > 0 ? (
        <DataTable caption={copy.title} columns={columns} rows={rows} />
      ) : isFiltered ? (
        <NoMatch clearHref={path} what="API keys" />
      ) : (
        <EmptyState icon="key" {...copy.empty} />
      )}
      <Pager path={path} query={query} nextCursor={props.nextCursor} />
      {rows
        .filter(({ state }) => state !== 'revoked')
        .map((row) => (
          <ReasonDialog
            {...{ frame, danger: true }}
            action={paths.adminApiKeyRevoke(row.id)}
            id={`revoke-${row.id}`}
            title={copy.revoke.title(row.name)}
            happens={copy.revoke.happens}
            stays={copy.revoke.stays}
            submit={copy.revoke.submit}
            {...(refused?.id === row.id && { state: refused.form })}
          />
        ))}
    </Shell>
  );
}
