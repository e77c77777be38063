import type { ComponentChildren, VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { continueCopy as copy } from './provider-copy.ts';

export interface ContinueSignInPageProps {
  frame: PageContext;
  step: 'password' | 'join' | 'signUp' | 'connect';
  /** Its title. */
  provider: string;
  /** The address the person has there, or their name. */
  account: string;
  invitation: { businessName: string; roleTitle: string } | null;
  form?: FormState;
}

interface Words {
  title: string;
  text: string;
  submit: string;
}

function wordsOf({ frame, step, provider, account, invitation }: ContinueSignInPageProps): Words {
  if (step === 'connect') {
    const { title, text, submit } = copy.connect;
    return {
      title: title(provider),
      text: text(account, provider, frame.viewer?.email ?? ''),
      submit: submit(provider),
    };
  }
  if (step === 'password') {
    const { title, text, submit } = copy.password;
    return { title: title(provider), text: text(account, provider), submit: submit(provider) };
  }
  if (step === 'join' && invitation) {
    const { businessName, roleTitle } = invitation;
    const { title, text, submit } = copy.join;
    return { title: title(businessName), text: text(account, businessName, roleTitle), submit };
  }
  return { ...copy.signUp, text: copy.signUp.text(account) };
}

/** GET and POST /sign-in/continue: password? */
export function ContinueSignInPage(props: ContinueSignInPageProps): VNode {
  const { frame, step, invitation } = props;
  const { title, text, submit } = wordsOf(props);
  const isOwn = step === 'connect';
  const cancel: ComponentChildren = isOwn ? (
    <a href={paths.signInMethods}>{copy.connect.cancel}</a>
  ) : (
    <a href={paths.signIn}>{copy.cancel}</a>
  );
  return (
    <Bare frame={frame} title={title} aside={cancel}>
      <h1>{title}</h1>
      <p class="bz-purpose">{text}</p>
      {step === 'signUp' ? (
        <div class="bz-panel">
          <div class="bz-actions bz-stretch">
            <LinkButton look="primary" href={paths.signUp}>
              {submit}
            </LinkButton>
          </div>
        </div>
      ) : (
        <Form
          frame={frame}
          action={isOwn ? paths.connectSignIn : paths.continueSignIn}
          state={props.form}
          class="bz-panel"
        >
          {step === 'password' ? (
            <PasswordInput name="password" label={copy.password.label} autocomplete="current-password" />
          ) : null}
          {step === 'password' && invitation ? (
            <p class="bz-muted">{copy.invited(invitation.businessName, invitation.roleTitle)}</p>
          ) : null}
          <div class="bz-actions bz-stretch">
            <SubmitButton look="primary">{submit}</SubmitButton>
          </div>
        </Form>
      )}
    </Bare>
  );
}
