import type { VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import type { PageContext } from '../../page-context.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { paths } from '../../paths.ts';
import { ProviderButtons } from './provider-buttons.tsx';
import { forgottenPasswordCopy, resendConfirmationCopy } from './copy.ts';

export interface SignInPageProps {
  frame: PageContext;
  /** Local path to go to afterwards. */
  next?: string;
  /** Those that are on. */
  providers: readonly { key: string; title: string }[];
  /** Wrong credentials go into `form.problem`, which must not reveal which of the two was wrong. */
  form?: FormState;
}

/** GET and POST /sign-in: email, password, next. */
export function SignInPage(props: SignInPageProps): VNode {
  return (
    <Bare frame={props.frame} title="Sign in" aside={<a href={paths.signUp}>Create an account</a>}>
      <h1>Sign in</h1>
      <Form
        frame={props.frame}
        action={paths.signIn}
        state={props.form}
        hidden={{ next: props.next }}
        class="bz-panel"
      >
        <TextInput name="email" label="Email" type="email" autocomplete="username" />
        <PasswordInput name="password" label="Password" autocomplete="current-password" />
        <div class="bz-actions bz-stretch">
          <SubmitButton look="primary">Sign in</SubmitButton>
        </div>
        <p>
          <a href={paths.forgotPassword}>{forgottenPasswordCopy.link}</a>
        </p>
        <p>
          <a href={paths.resendConfirmation}>{resendConfirmationCopy.link}</a>
        </p>
        <ProviderButtons providers={props.providers} next={props.next} />
      </Form>
    </Bare>
  );
}
