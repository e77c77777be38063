import type { VNode } from 'preact';
import { passwordLength } from '../../../db/domain/people/user.ts';
import { Bare } from '../../layout/bare.tsx';
import type { PageContext } from '../../page-context.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { paths } from '../../paths.ts';
import { acceptInviteCopy as copy } from './copy.ts';

export interface AcceptInvitePageProps {
  frame: PageContext;
  /** Null when the invitation has ended or never existed. */
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
    <Bare frame={props.frame} title={copy.ended.title}>
      <div class="bz-panel">
        <h1 class="visually-hidden">{copy.ended.title}</h1>
        <EmptyState
          icon="clock"
          {...copy.ended}
          action={<LinkButton href={paths.signIn}>Sign in</LinkButton>}
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
    <Bare frame={frame} title={copy.title(invitation.businessName)}>
      <h1>{copy.title(invitation.businessName)}</h1>
      <p class="bz-purpose">{copy.purpose(invitation.inviterName, invitation.email, invitation.roleTitle)}</p>
      <Form
        frame={frame}
        action={paths.acceptInvitation}
        state={props.form}
        hidden={{ token: invitation.token }}
        class="bz-panel"
      >
        <TextInput name="name" label="Your name" autocomplete="name" initial={invitation.name} />
        <PasswordInput
          name="password"
          label="Password"
          autocomplete="new-password"
          help={copy.passwordHelp(passwordLength.min)}
        />
        <div class="bz-actions bz-stretch">
          <SubmitButton look="primary">Join team</SubmitButton>
        </div>
      </Form>
    </Bare>
  );
}
