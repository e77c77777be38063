import type { VNode } from 'preact';
import { type RiskClass, risks } from '../../../db/domain/integrations/risk.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { DialogButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ReasonDialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ServerLogo, ServerName } from '../../ui/server-logo.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Moment, Second } from '../../ui/time.tsx';
import { paths } from '../../paths.ts';
import { approvalsCopy } from './copy.ts';
import { Values } from '../../ui/values.tsx';

export interface ApprovalView {
  id: string;
  /** Its name in the registry, and its title. */
  server: string;
  serverTitle: string;
  tool: string;
  risk: RiskClass;
  arguments: unknown;
  who: string;
  state: StateOf<'approval'>;
  askedAt: string;
  expiresAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
  reason: string | null;
}

export interface ApprovalsPageProps {
  frame: PageContext;
  pending: readonly ApprovalView[];
  decided: readonly ApprovalView[];
  nextCursor: string | null;
  mayDecide: boolean;
  /** The decision form that was just rejected, with its values. */
  rejected?: { id: string; form: FormState };
}

type PendingProps = Pick<ApprovalsPageProps, 'frame' | 'mayDecide' | 'rejected'> & { approval: ApprovalView };

function Decide(props: PendingProps & { decision: 'approved' | 'denied' }): VNode {
  const { approval, decision, rejected } = props;
  const state =
    rejected?.id === approval.id && rejected.form.values?.['decision'] === decision
      ? rejected.form
      : undefined;
  const copy = decision === 'approved' ? approvalsCopy.approve : approvalsCopy.deny;
  return (
    <ReasonDialog
      frame={props.frame}
      id={`${decision}-${approval.id}`}
      title={copy.title(approval.tool, approval.server)}
      happens={copy.happens}
      action={paths.approval(approval.id)}
      hidden={{ decision }}
      submit={copy.submit}
      danger={decision === 'denied'}
      state={state}
    />
  );
}

function Pending(props: PendingProps): VNode {
  const { approval, mayDecide } = props;
  return (
    <Card
      title={approvalsCopy.call(approval.tool, approval.serverTitle)}
      logo={<ServerLogo name={approval.server} title={approval.serverTitle} />}
      note={risks[approval.risk].sentence}
    >
      <KeyFacts
        facts={[
          { label: approvalsCopy.requestedBy, value: approval.who },
          { label: approvalsCopy.requestedAt, value: <Second at={approval.askedAt} /> },
          { label: approvalsCopy.expires, value: <Moment at={approval.expiresAt} /> },
        ]}
      />
      <h3 class="mt-3">{approvalsCopy.values}</h3>
      <Values label={approvalsCopy.values} value={approval.arguments} />
      {mayDecide ? (
        <div class="bz-actions">
          <DialogButton dialog={`approved-${approval.id}`} look="primary">
            {approvalsCopy.approve.open}
          </DialogButton>
          <DialogButton dialog={`denied-${approval.id}`}>{approvalsCopy.deny.open}</DialogButton>
          <Decide {...props} decision="approved" />
          <Decide {...props} decision="denied" />
        </div>
      ) : null}
    </Card>
  );
}

/** GET /app/approvals; POST /app/approvals/:id: decision, reason. */
export function ApprovalsPage(props: ApprovalsPageProps): VNode {
  return (
    <Shell frame={props.frame} title={approvalsCopy.title}>
      <PageHeader title={approvalsCopy.title} purpose={approvalsCopy.purpose} />
      {props.pending.length === 0 ? (
        <Card title={approvalsCopy.pending} flush>
          <EmptyState icon="circle-check" title={approvalsCopy.emptyTitle} text={approvalsCopy.emptyText} />
        </Card>
      ) : (
        props.pending.map((approval) => <Pending {...props} approval={approval} />)
      )}
      {props.decided.length > 0 ? (
        <Card title={approvalsCopy.decided} flush>
          <DataTable
            caption={approvalsCopy.decided}
            rows={props.decided}
            columns={[
              {
                title: 'Tool',
                render: (row) => (
                  <>
                    <strong>{row.tool}</strong>
                    <div class="bz-muted">
                      <ServerName name={row.server} title={row.serverTitle} />
                    </div>
                  </>
                ),
              },
              { title: approvalsCopy.requestedBy, phone: 'label', render: (row) => row.who },
              { title: 'State', render: (row) => <StatusBadge kind="approval" state={row.state} /> },
              {
                title: 'Decided by',
                phone: 'label',
                render: (row) => (
                  <>
                    {row.decidedBy ?? ''}
                    {row.reason ? <div class="bz-muted">{row.reason}</div> : null}
                  </>
                ),
              },
              {
                title: 'When',
                right: true,
                phone: 'label',
                render: (row) => <Second at={row.decidedAt ?? row.expiresAt} />,
              },
            ]}
          />
          <Pager path={paths.approvals} query={{}} nextCursor={props.nextCursor} />
        </Card>
      ) : null}
    </Shell>
  );
}
