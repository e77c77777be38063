import type { VNode } from 'preact';
import { risks } from '../../../db/domain/integrations/risk.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PostButton } from '../../ui/form.tsx';
import { ExportButton } from '../../ui/list-head.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ServerName } from '../../ui/server-logo.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Moment, Second } from '../../ui/time.tsx';
import { paths, withQuery } from '../../paths.ts';
import { approvalsCopy as copy } from './copy.ts';
import type { ApprovalView } from './view.ts';

export const approvalTabs = ['me', 'others', 'decided'] as const;
export type ApprovalTab = (typeof approvalTabs)[number];

export interface ApprovalsPageProps {
  frame: PageContext;
  tab: ApprovalTab;
  items: readonly ApprovalView[];
  nextCursor: string | null;
  cursor?: string | undefined;
  /** How many wait for the person. */
  mine: number;
  /** Whether people may approve what they asked for; null for those who can't set it. */
  self: { isOn: boolean; isOffAbove: boolean } | null;
}

export const titleOf = ({ call, title }: Pick<ApprovalView, 'call' | 'title'>): string =>
  call ? copy.call(call.tool, call.serverTitle) : title;

const approvalsOf = ({ decisions }: ApprovalView): number =>
  decisions.filter(({ decision }) => decision === 'approved').length;

function What(props: { row: ApprovalView }): VNode {
  const { row } = props;
  return (
    <>
      <a href={paths.approval(row.id)}>
        <strong>{row.call ? row.call.tool : row.title}</strong>
      </a>
      {row.call ? (
        <div class="bz-muted">
          <ServerName name={row.call.server} title={row.call.serverTitle} /> · {risks[row.call.risk].title}
        </div>
      ) : null}
    </>
  );
}

function State(props: { row: ApprovalView }): VNode {
  const { row } = props;
  return (
    <>
      <StatusBadge kind="approval" state={row.state} />
      {row.state === 'pending' && row.needed > 1 ? (
        <div class="bz-muted">{copy.progress(approvalsOf(row), row.needed)}</div>
      ) : null}
      {row.decidedBy ? <div class="bz-muted">{row.decidedBy}</div> : null}
      {row.reason ? <div class="bz-muted">{row.reason}</div> : null}
    </>
  );
}

function Rows(props: ApprovalsPageProps): VNode {
  const ended = props.tab === 'decided';
  return (
    <DataTable
      caption={copy.tabs[props.tab]}
      rows={props.items}
      columns={[
        { title: copy.request, render: (row) => <What row={row} /> },
        { title: copy.requestedBy, phone: 'label', render: (row) => row.who },
        { title: copy.state, render: (row) => <State row={row} /> },
        {
          title: ended ? copy.when : copy.expires,
          right: true,
          phone: 'label',
          render: (row) =>
            ended ? <Second at={row.decidedAt ?? row.expiresAt} /> : <Moment at={row.expiresAt} />,
        },
      ]}
    />
  );
}

function SelfApproval(props: ApprovalsPageProps & { self: NonNullable<ApprovalsPageProps['self']> }): VNode {
  const { isOn, isOffAbove } = props.self;
  return (
    <Card title={copy.self.title}>
      <p>{isOffAbove ? copy.self.offAbove : isOn ? copy.self.on : copy.self.off}</p>
      {isOffAbove ? null : (
        <PostButton
          frame={props.frame}
          action={paths.selfApproval}
          hidden={{ selfApproval: isOn ? 'off' : 'on' }}
        >
          {isOn ? copy.self.turnOff : copy.self.turnOn}
        </PostButton>
      )}
    </Card>
  );
}

/** GET /app/approvals: `tab`, `cursor`. */
export function ApprovalsPage(props: ApprovalsPageProps): VNode {
  const { tab } = props;
  const query = { ...(tab !== 'me' && { tab }) };
  return (
    <Shell frame={props.frame} title={copy.title}>
      <PageHeader
        title={copy.title}
        purpose={copy.purpose}
        action={<ExportButton path={paths.approvalsCsv} />}
      />
      <Tabs
        label={copy.title}
        current={tab}
        tabs={approvalTabs.map((key) => ({
          key,
          title: copy.tabs[key],
          href: key === 'me' ? paths.approvals : withQuery(paths.approvals, { tab: key }),
          ...(key === 'me' && { count: props.mine }),
        }))}
      />
      {props.items.length > 0 ? (
        <Rows {...props} />
      ) : (
        <EmptyState icon="circle-check" title={copy.empty[tab].title} text={copy.empty[tab].text} />
      )}
      <Pager path={paths.approvals} query={query} nextCursor={props.nextCursor} />
      {props.self && tab === 'me' ? <SelfApproval {...props} self={props.self} /> : null}
    </Shell>
  );
}
