import type { VNode } from 'preact';
import { type RiskClass, risks } from '../../../db/domain/integrations/servers.ts';
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
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Moment, Second } from '../../ui/time.tsx';
import { Values } from '../../ui/values.tsx';

export interface ApprovalView {
  id: string;
  service: string;
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
  /** The decision that was just refused, with what was typed. */
  refused?: { id: string; form: FormState };
}

type PendingProps = Pick<ApprovalsPageProps, 'frame' | 'mayDecide' | 'refused'> & { approval: ApprovalView };

function Decide(props: PendingProps & { decision: 'approved' | 'denied' }): VNode {
  const { approval, decision, refused } = props;
  const again =
    refused?.id === approval.id && refused.form.values?.['decision'] === decision ? refused.form : undefined;
  const yes = decision === 'approved';
  return (
    <ReasonDialog
      frame={props.frame}
      id={`${decision}-${approval.id}`}
      title={`${yes ? 'Agree to' : 'Refuse'} “${approval.tool}” in ${approval.service}`}
      happens={
        yes
          ? 'It is done at once, with exactly these values, once.'
          : 'It is not done. Whoever asked is told why.'
      }
      action={`/app/approvals/${approval.id}`}
      hidden={{ decision }}
      submit={yes ? 'Agree and do it' : 'Do not do it'}
      danger={!yes}
      state={again}
    />
  );
}

function Pending(props: PendingProps): VNode {
  const { approval, mayDecide } = props;
  return (
    <Card title={`${approval.tool} in ${approval.service}`} note={risks[approval.risk].sentence}>
      <KeyFacts
        facts={[
          { label: 'Asked by', value: approval.who },
          { label: 'Asked', value: <Second at={approval.askedAt} /> },
          { label: 'Ends', value: <Moment at={approval.expiresAt} /> },
        ]}
      />
      <h3 class="mt-3">What will be done</h3>
      <Values label="What will be done" value={approval.arguments} />
      {mayDecide ? (
        <div class="bz-actions">
          <DialogButton dialog={`approved-${approval.id}`} look="primary">
            Agree
          </DialogButton>
          <DialogButton dialog={`denied-${approval.id}`}>Refuse</DialogButton>
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
    <Shell frame={props.frame} title="Approvals">
      <PageHeader
        title="Approvals"
        purpose="What workflows, agents and colleagues want to do that somebody has to agree to first."
      />
      {props.pending.length === 0 ? (
        <Card title="Waiting" flush>
          <EmptyState
            icon="circle-check"
            title="Nothing waits for you"
            text="Payments, messages and deletions wait here before they are done."
          />
        </Card>
      ) : (
        props.pending.map((approval) => <Pending {...props} approval={approval} />)
      )}
      {props.decided.length > 0 ? (
        <Card title="Decided" flush>
          <DataTable
            caption="Decided"
            rows={props.decided}
            columns={[
              {
                title: 'What',
                render: (row) => (
                  <>
                    <strong>{row.tool}</strong>
                    <div class="bz-muted">{row.service}</div>
                  </>
                ),
              },
              { title: 'Asked by', phone: 'label', render: (row) => row.who },
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
          <Pager path="/app/approvals" query={{}} nextCursor={props.nextCursor} />
        </Card>
      ) : null}
    </Shell>
  );
}
