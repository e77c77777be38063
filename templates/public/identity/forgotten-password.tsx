import type { VNode } from 'preact';
import { passwordLength } from '../../../db/domain/people/user.ts';
import { Bare } from '../../layout/bare.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { forgottenPasswordCopy as copy } from './copy.ts';

const back = <a href={paths.signIn}>{copy.back}</a>;

/** GET and POST /forgot-password: email. */
export function ForgotPasswordPage(props: {
  frame: PageContext;
  /** The address that was entered, whether or not it has an account. */
  sentTo?: string;
  form?: FormState;
}): VNode {
  const { frame, sentTo, form } = props;
  if (sentTo !== undefined) {
    return (
      <Bare frame={frame} title={copy.sent.title} aside={back}>
        <div class="bz-panel">
          <h1 class="visually-hidden">{copy.sent.title}</h1>
          <EmptyState icon="mail" title={copy.sent.title} text={copy.sent.text(sentTo)} />
        </div>
      </Bare>
    );
  }
  return (
    <Bare frame={frame} title={copy.title} aside={back}>
      <h1>{copy.title}</h1>
      <p class="bz-purpose">{copy.purpose}</p>
      <Form frame={frame} action={paths.forgotPassword} state={form} class="bz-panel">
        <TextInput name="email" label="Email" type="email" autocomplete="username" />
        <div class="bz-actions bz-stretch">
          <SubmitButton look="primary">{copy.submit}</SubmitButton>
        </div>
      </Form>
    </Bare>
  );
}

/** GET /reset-password?token= and POST: token, password. */
export function NewPasswordPage(props: {
  frame: PageContext;
  /** Null where the link can't be used. */
  token: string | null;
  form?: FormState;
}): VNode {
  const { frame, token, form } = props;
  if (token === null) {
    return (
      <Bare frame={frame} title={copy.expired.title} aside={back}>
        <div class="bz-panel">
          <h1 class="visually-hidden">{copy.expired.title}</h1>
          <EmptyState
            icon="clock"
            title={copy.expired.title}
            text={copy.expired.text}
            action={
              <LinkButton href={paths.forgotPassword} look="primary">
                {copy.expired.action}
              </LinkButton>
            }
          />
        </div>
      </Bare>
    );
  }
  return (
    <Bare frame={frame} title={copy.choose.title} aside={back}>
      <h1>{copy.choose.title}</h1>
      <p class="bz-purpose">{copy.choose.purpose}</p>
      <Form frame={frame} action={paths.resetPassword} state={form} hidden={{ token }} class="bz-panel">
        <PasswordInput
          name="password"
          label={copy.choose.label}
          autocomplete="new-password"
          help={`At least ${passwordLength.min} characters.`}
        />
        <div class="bz-actions bz-stretch">
          <SubmitButton look="primary">{copy.choose.submit}</SubmitButton>
        </div>
      </Form>
    </Bare>
  );
}
