import type { VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PostButton } from '../../ui/form.tsx';
import { checkEmailCopy as copy } from './copy.ts';

export interface CheckEmailPageProps {
  frame: PageContext;
  /** What was sent, without the password: to go back to the filled form. */
  typed: Readonly<Record<string, string | undefined>> & { email: string };
  /** Inbox of the local mailbox, where there is one. */
  mailboxUrl: string | undefined;
}

/** What POST /sign-up answers to every address; must not reveal whether it has an account. */
export function CheckEmailPage({ frame, typed, mailboxUrl }: CheckEmailPageProps): VNode {
  const actions = (
    <>
      <PostButton frame={frame} action={paths.resendConfirmation} hidden={{ email: typed.email }}>
        <SubmitButton>{copy.resend}</SubmitButton>
      </PostButton>
      <PostButton frame={frame} action={paths.changeSignUp} hidden={typed}>
        <SubmitButton>{copy.change}</SubmitButton>
      </PostButton>
    </>
  );
  return (
    <Bare frame={frame} title={copy.title} aside={<a href={paths.signIn}>{copy.signIn}</a>}>
      <div class="bz-panel">
        <h1 class="visually-hidden">{copy.title}</h1>
        <EmptyState icon="mail" title={copy.title} text={copy.text(typed.email)} action={actions} />
        <p class="bz-muted">{copy.help}</p>
        {mailboxUrl ? (
          <p class="bz-muted">
            {copy.local} <a href={`${mailboxUrl}/?to=${encodeURIComponent(typed.email)}`}>{copy.mailbox}</a>
          </p>
        ) : null}
      </div>
    </Bare>
  );
}
