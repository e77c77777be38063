import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths, type Query } from '../../paths.ts';
import { AccessDownload, type AccessRow, AccessTable } from '../../ui/access-table.tsx';
import type { Option } from '../../ui/inputs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { accessLogCopy } from './copy.ts';

/** GET /admin/access-log */
export function AccessLogPage(props: {
  frame: PageContext;
  rows: readonly AccessRow[];
  query: Query;
  tenants: readonly Option[];
  nextCursor: string | null;
}): VNode {
  const { frame, query } = props;
  return (
    <Shell frame={frame} title={accessLogCopy.title} wide>
      <PageHeader
        title={accessLogCopy.title}
        purpose={accessLogCopy.purpose}
        action={<AccessDownload href={paths.accessLogCsv} query={query} />}
      />
      <AccessTable
        path={paths.accessLog}
        query={query}
        filters={[{ name: 'tenant', label: 'Tenant', options: props.tenants }]}
        rows={props.rows}
        nextCursor={props.nextCursor}
        withTenant
      />
    </Shell>
  );
}
