import type { VNode } from 'preact';
import { passwordLength } from '../../../db/domain/people/user.ts';
import { Bare } from '../../layout/bare.tsx';
import type { PageContext } from '../../page-context.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Form, PostButton } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { paths } from '../../paths.ts';
import { acceptInviteCopy as copy } from './copy.ts';

/** What joining takes: a new account, the password of the account there is, or nothing; two accounts can't join. */
export type Joining = 'newAccount' | 'password' | 'signedIn' | 'otherAccount' | 'platformAccount';

type Invitation = NonNullable<AcceptInvitePageProps['invitation']>;

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
    name?: string | undefined;
    joining: Joining;
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

/** What this visitor has to enter. */
function Fields({ joining, name, form }: Invitation & { form: FormState | undefined }): VNode {
  if (joining === 'signedIn') return <p class="bz-muted">{copy.several}</p>;
  if (joining === 'password') {
    return (
      <>
        <PasswordInput name="password" label="Password" autocomplete="current-password" />
        {form?.errors?.['code'] || form?.values?.['code'] ? (
          <TextInput name="code" label={copy.code} help={copy.codeHelp} autocomplete="one-time-code" />
        ) : null}
        <p class="bz-muted">{copy.several}</p>
      </>
    );
  }
  return (
    <>
      <TextInput name="name" label="Your name" autocomplete="name" initial={name} />
      <PasswordInput
        name="password"
        label="Password"
        autocomplete="new-password"
        help={copy.passwordHelp(passwordLength.min)}
      />
    </>
  );
}

/** GET /invitations/accept?token= and POST /invitations/accept: token, and what `joining` takes. */
export function AcceptInvitePage(props: AcceptInvitePageProps): VNode {
  const { frame, invitation } = props;
  if (!invitation) return <Ended frame={frame} />;
  const { businessName, inviterName, email, roleTitle, joining } = invitation;
  const mayJoin = joining !== 'otherAccount' && joining !== 'platformAccount';
  return (
    <Bare frame={frame} title={copy.title(businessName)}>
      <h1>{copy.title(businessName)}</h1>
      <p class="bz-purpose">{copy.purpose[joining](inviterName, email, roleTitle)}</p>
      {mayJoin ? (
        <Form
          frame={frame}
          action={paths.acceptInvitation}
          state={props.form}
          hidden={{ token: invitation.token }}
          class="bz-panel"
        >
          <Fields {...invitation} form={props.form} />
          <div class="bz-actions bz-stretch">
            <SubmitButton look="primary">Join team</SubmitButton>
          </div>
        </Form>
      ) : (
        <div class="bz-panel">
          <p>{joining === 'platformAccount' ? copy.platform : copy.other(frame.viewer?.email ?? '')}</p>
          {frame.viewer ? (
            <PostButton frame={frame} action={paths.signOut}>
              <SubmitButton>Sign out</SubmitButton>
            </PostButton>
          ) : null}
        </div>
      )}
    </Bare>
  );
}
