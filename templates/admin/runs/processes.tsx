import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths } from '../../paths.ts';

export interface ProcessRow {
  /** Name in addresses: "onboard-tenant". */
  name: string;
  title: string;
  /** One sentence of what it does. */
  purpose: string;
  openRuns: number;
}

export interface ProcessesPageProps {
  frame: PageContext;
  processes: readonly ProcessRow[];
}

/** GET /admin/processes */
export function ProcessesPage(props: ProcessesPageProps): VNode {
  return (
    <Shell frame={props.frame} title="Start a process">
      <PageHeader
        crumbs={[{ title: 'Workflows', href: '/admin/workflows' }]}
        title="Start a process"
        purpose="Processes start automatically. Here you can start one by hand; it’s recorded with your name."
      />
      {props.processes.length > 0 ? (
        <DataTable
          caption="Processes you may start"
          rows={props.processes}
          rowHref={(row) => paths.process(row.name)}
          columns={[
            { title: 'Process', render: (row) => row.title },
            { title: 'What it does', render: (row) => row.purpose },
            { title: 'Open runs', right: true, phone: 'label', render: (row) => row.openRuns },
          ]}
        />
      ) : (
        <EmptyState
          icon="player-play"
          title="There’s no process you can start"
          text="Ask an administrator if you need access."
        />
      )}
    </Shell>
  );
}
