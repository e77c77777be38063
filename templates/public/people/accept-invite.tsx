import type { VNode } from 'preact';
import { passwordLength } from '../../../db/domain/people/user.ts';
import { Bare } from '../../layout/bare.tsx';
import type { PageContext } from '../../page-context.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { TextInput } from '../../ui/inputs.tsx';

export interface AcceptInvitePageProps {
  frame: PageContext;
  /** Null when the invitation has ended or never was. */
  invitation: {
    token: string;
    businessName: string;
    inviterName: string;
    email: string;
    /** "Admin", "Member". */
    roleTitle: string;
    /** Name given by the inviter. */
    name?: string;
  } | null;
  form?: FormState;
}

function Ended(props: { frame: PageContext }): VNode {
  return (
    <Bare frame={props.frame} title="This invitation has ended">
      <div class="bz-panel">
        <h1 class="visually-hidden">This invitation has ended</h1>
        <EmptyState
          icon="clock"
          title="This invitation has ended"
          text="It expired, was withdrawn or has been accepted already. Ask the person who invited you for a new one."
          action={<LinkButton href="/sign-in">Sign in</LinkButton>}
        />
      </div>
    </Bare>
  );
}

/** GET /invitations/accept?token= and POST /invitations/accept: token, name, password. */
export function AcceptInvitePage(props: AcceptInvitePageProps): VNode {
  const { frame, invitation } = props;
  if (!invitation) return <Ended frame={frame} />;
  return (
    <Bare frame={frame} title={`Join ${invitation.businessName}`}>
      <h1>Join {invitation.businessName}</h1>
      <p class="bz-purpose">
        {invitation.inviterName} invited {invitation.email} as {invitation.roleTitle}. Choose a password and
        you are in.
      </p>
      <Form
        frame={frame}
        action="/invitations/accept"
        state={props.form}
        hidden={{ token: invitation.token }}
        class="bz-panel"
      >
        <TextInput name="name" label="Your name" autocomplete="name" initial={invitation.name} />
        <TextInput
          name="password"
          label="Password"
          type="password"
          autocomplete="new-password"
          help={`At least ${passwordLength.min} characters. A few words in a row are good.`}
        />
        <div class="bz-actions bz-stretch">
          <SubmitButton look="primary">Join the team</SubmitButton>
        </div>
      </Form>
    </Bare>
  );
}
