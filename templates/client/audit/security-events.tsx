import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths, type Query } from '../../paths.ts';
import { AccessDownload, type AccessRow, AccessTable } from '../../ui/access-table.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { securityEventsCopy } from './copy.ts';

/** GET /app/security-events */
export function SecurityEventsPage(props: {
  frame: PageContext;
  rows: readonly AccessRow[];
  query: Query;
  nextCursor: string | null;
}): VNode {
  const { frame, query } = props;
  return (
    <Shell frame={frame} title={securityEventsCopy.title} wide>
      <PageHeader
        title={securityEventsCopy.title}
        purpose={securityEventsCopy.purpose}
        action={<AccessDownload href={paths.securityEventsCsv} query={query} />}
      />
      <AccessTable
        path={paths.securityEvents}
        query={query}
        filters={[]}
        rows={props.rows}
        nextCursor={props.nextCursor}
        withTenant={false}
      />
    </Shell>
  );
}
