import type { VNode } from 'preact';
import { risks } from '../../../db/domain/integrations/risk.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { DialogButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ReasonDialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { ReasonInput } from '../../ui/inputs.tsx';
import { type Fact, KeyFacts } from '../../ui/key-facts.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ServerName } from '../../ui/server-logo.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Moment, Second } from '../../ui/time.tsx';
import { Values } from '../../ui/values.tsx';
import { paths } from '../../paths.ts';
import { titleOf } from './approvals.tsx';
import { approvalsCopy as copy } from './copy.ts';
import { RequestFields } from './fields.tsx';
import type { ApprovalView } from './view.ts';

export interface ApprovalPageProps {
  frame: PageContext;
  approval: ApprovalView;
  /** The decision that was just refused, with its values. */
  form?: FormState | undefined;
  /** The withdrawal that was just refused. */
  withdrawal?: FormState | undefined;
}

function factsOf(approval: ApprovalView): Fact[] {
  const { call, state, needed } = approval;
  return [
    { label: copy.state, value: <StatusBadge kind="approval" state={state} /> },
    ...(call
      ? [{ label: copy.request, value: <ServerName name={call.server} title={call.serverTitle} /> }]
      : []),
    { label: copy.requestedBy, value: approval.who },
    { label: copy.requestedAt, value: <Second at={approval.askedAt} /> },
    { label: copy.expires, value: <Moment at={approval.expiresAt} /> },
    { label: copy.approvals, value: needed > 1 ? copy.severalNeeded(needed) : copy.oneNeeded },
  ];
}

function Decide(props: ApprovalPageProps): VNode {
  const { approval, form } = props;
  const { call, needed } = approval;
  const happens = needed > 1 ? copy.happens.several(needed) : call ? copy.happens.call : copy.happens.other;
  return (
    <Card title={copy.decide}>
      <Form
        frame={props.frame}
        action={paths.approval(approval.id)}
        state={form}
        idPrefix="decide"
        hidden={{ argumentsHash: approval.argumentsHash }}
        label={copy.decide}
      >
        <p>{happens}</p>
        <RequestFields fields={approval.fields} />
        <ReasonInput />
        <div class="bz-actions">
          <SubmitButton look="primary" name="decision" value="approved">
            {call && needed === 1 ? copy.approveAndRun : copy.approve}
          </SubmitButton>
          <SubmitButton name="decision" value="declined">
            {copy.decline}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  );
}

function NotYours(props: { approval: ApprovalView }): VNode {
  const { isOwn, decisions } = props.approval;
  return <p>{isOwn ? copy.ownRequest : decisions.length > 0 ? copy.alreadyGiven : copy.forOthers}</p>;
}

function Decisions(props: { approval: ApprovalView }): VNode {
  const { decisions, needed, state } = props.approval;
  const approved = decisions.filter(({ decision }) => decision === 'approved').length;
  return (
    <Card title={copy.decisions} note={needed > 1 ? copy.progress(approved, needed) : undefined}>
      {decisions.length === 0 && state === 'pending' ? <p>{copy.noneYet}</p> : null}
      <KeyFacts
        rows
        facts={decisions.map(({ who, decision, reason, at }) => ({
          label: who,
          value: (
            <>
              {copy.words[decision]} · <Second at={at} />
              <div class="bz-muted">{reason}</div>
            </>
          ),
        }))}
      />
    </Card>
  );
}

function Withdraw(props: ApprovalPageProps): VNode {
  const { approval } = props;
  return (
    <>
      <DialogButton dialog="withdraw">{copy.withdraw.open}</DialogButton>
      <ReasonDialog
        frame={props.frame}
        id="withdraw"
        title={copy.withdraw.title(titleOf(approval))}
        happens={copy.withdraw.happens}
        action={paths.approvalWithdraw(approval.id)}
        submit={copy.withdraw.submit}
        danger
        state={props.withdrawal}
      />
    </>
  );
}

/** GET /app/approvals/:id; POST there: decision, reason, values.*, argumentsHash. */
export function ApprovalPage(props: ApprovalPageProps): VNode {
  const { approval } = props;
  const { call, state } = approval;
  const title = titleOf(approval);
  const answered = Object.keys(approval.values).length > 0;
  return (
    <Shell frame={props.frame} title={title}>
      <PageHeader
        crumbs={[{ title: copy.title, href: paths.approvals }]}
        title={title}
        purpose={call ? risks[call.risk].sentence : copy.purpose}
        action={state === 'pending' && approval.isOwn ? <Withdraw {...props} /> : undefined}
      />
      <KeyFacts facts={factsOf(approval)} />
      {approval.escalated && state === 'pending' ? <p class="bz-muted">{copy.escalated}</p> : null}
      <Card title={copy.values}>
        <Values label={copy.values} value={approval.arguments} />
      </Card>
      {state !== 'pending' ? null : approval.isMine ? (
        <Decide {...props} />
      ) : (
        <NotYours approval={approval} />
      )}
      <Decisions approval={approval} />
      {answered ? (
        <Card title={copy.answers}>
          <Values label={copy.answers} value={labelled(approval)} />
        </Card>
      ) : null}
    </Shell>
  );
}

/** Answers by the label of their field, where it has one. */
const labelled = ({ fields, values }: ApprovalView): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      fields.find((field) => field.name === name)?.label ?? name,
      value,
    ]),
  );
