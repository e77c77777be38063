import type { VNode } from 'preact';
import { passwordLength } from '../../../db/domain/people/user.ts';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choices.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { AccountFrame } from './account-frame.tsx';
import { changePasswordCopy as copy } from './copy.ts';

/** GET and POST /account/security/password: currentPassword, password, signOutOthers, next. */
export function ChangePasswordPage(props: {
  frame: PageContext;
  /** Whether nothing else can be done before. */
  isDemanded: boolean;
  next: string | undefined;
  form?: FormState;
}): VNode {
  const { frame, next, form } = props;
  return (
    <AccountFrame
      frame={frame}
      title={copy.title}
      purpose={copy.purpose}
      demanded={props.isDemanded ? copy.demanded : null}
    >
      <Form frame={frame} action={paths.password} state={form} hidden={{ next }} class="bz-panel">
        <PasswordInput name="currentPassword" label={copy.current} autocomplete="current-password" />
        <PasswordInput
          name="password"
          label={copy.password}
          autocomplete="new-password"
          help={`At least ${passwordLength.min} characters.`}
        />
        <Checkbox name="signOutOthers" label={copy.others} initial />
        <div class="bz-actions">
          <SubmitButton look="primary">{copy.submit}</SubmitButton>
        </div>
      </Form>
    </AccountFrame>
  );
}
