import type { VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { confirmIdentityCopy as copy, forgottenPasswordCopy, signInCodeCopy } from './copy.ts';

/** GET and POST /confirm-identity: password or code, next. */
export function ConfirmIdentityPage(props: {
  frame: PageContext;
  next: string | undefined;
  /** Whether the person has a second factor, and so confirms with a code. */
  byCode: boolean;
  form?: FormState;
}): VNode {
  const { frame, next, byCode, form } = props;
  return (
    <Bare frame={frame} title={copy.title}>
      <h1>{copy.title}</h1>
      <p class="bz-purpose">{byCode ? copy.byCode : copy.byPassword}</p>
      <Form frame={frame} action={paths.confirmIdentity} state={form} hidden={{ next }} class="bz-panel">
        {byCode ? (
          <TextInput
            name="code"
            label={signInCodeCopy.label}
            help={signInCodeCopy.help}
            autocomplete="one-time-code"
          />
        ) : (
          <PasswordInput name="password" label="Password" autocomplete="current-password" />
        )}
        <div class="bz-actions bz-stretch">
          <SubmitButton look="primary">{copy.submit}</SubmitButton>
        </div>
        {byCode ? null : (
          <p>
            <a href={paths.forgotPassword}>{forgottenPasswordCopy.link}</a>
          </p>
        )}
      </Form>
    </Bare>
  );
}
