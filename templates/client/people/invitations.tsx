import type { VNode } from 'preact';
import { roleTitles } from '../../../db/domain/roles.ts';
import type { TenantRole } from '../../../db/domain/roles.ts';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { DialogButton, SubmitButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form, PostButton } from '../../ui/form.tsx';
import { Moment, Time } from '../../ui/time.tsx';
import { teamCopy } from './copy.ts';

export interface TeamInvitation {
  id: string;
  name: string | null;
  email: string;
  role: TenantRole;
  invitedBy: string;
  sentAt: string;
  expiresAt: string;
}

interface InvitationsProps {
  frame: PageContext;
  invitations: readonly TeamInvitation[];
  mayInvite: boolean;
  /** Makes a second click on "Resend" harmless. */
  requestKey: string;
}

const dialogOf = ({ id }: TeamInvitation) => `withdraw-${id}`;

function Actions(props: { frame: PageContext; row: TeamInvitation; requestKey: string }): VNode {
  const { frame, row } = props;
  return (
    <div class="bz-actions">
      <PostButton
        frame={frame}
        action={paths.teamInvitationAction(row.id, 'resend')}
        hidden={{ requestKey: props.requestKey }}
      >
        <SubmitButton small label={teamCopy.resendLabel(row.email)}>
          Resend
        </SubmitButton>
      </PostButton>
      <PostButton frame={frame} action={paths.teamInvitationAction(row.id, 'link')}>
        <SubmitButton small label={teamCopy.linkLabel(row.email)}>
          Copy link
        </SubmitButton>
      </PostButton>
      <DialogButton small dialog={dialogOf(row)}>
        Withdraw…
      </DialogButton>
    </div>
  );
}

function WithdrawDialog(props: { frame: PageContext; row: TeamInvitation }): VNode {
  const { frame, row } = props;
  return (
    <Dialog id={dialogOf(row)} title={teamCopy.withdraw.title(row.email)}>
      <Form frame={frame} action={paths.teamInvitationAction(row.id, 'withdraw')} idPrefix={dialogOf(row)}>
        <p>{teamCopy.withdraw.text}</p>
        <div class="bz-actions">
          <SubmitButton look="danger" label={teamCopy.withdraw.label(row.email)}>
            Withdraw invitation
          </SubmitButton>
          <a class="btn bz-quiet" href="#main" data-close>
            Cancel
          </a>
        </div>
      </Form>
    </Dialog>
  );
}

/** Invitations that wait for an answer, and what can be done with them. */
export function Invitations(props: InvitationsProps): VNode {
  const { frame, invitations, mayInvite, requestKey } = props;
  const actions = {
    title: 'Actions',
    right: true,
    render: (row: TeamInvitation) => <Actions frame={frame} row={row} requestKey={requestKey} />,
  };
  return (
    <>
      <DataTable
        caption="Pending invitations"
        rows={invitations}
        columns={[
          {
            title: 'Invited',
            render: (row) => (
              <>
                <strong>{row.name ?? row.email}</strong>
                {row.name ? <div class="bz-muted">{row.email}</div> : null}
              </>
            ),
          },
          { title: 'Role', whole: true, render: (row) => roleTitles[row.role] },
          { title: 'Invited by', phone: 'label', render: (row) => row.invitedBy },
          { title: 'Sent', right: true, phone: 'label', render: (row) => <Time at={row.sentAt} /> },
          { title: 'Expires', right: true, phone: 'label', render: (row) => <Moment at={row.expiresAt} /> },
          ...(mayInvite ? [actions] : []),
        ]}
      />
      {mayInvite ? invitations.map((row) => <WithdrawDialog frame={frame} row={row} />) : null}
    </>
  );
}
