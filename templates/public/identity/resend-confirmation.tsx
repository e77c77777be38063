import type { VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { resendConfirmationCopy as copy } from './copy.ts';

/** GET and POST /verify-email/resend: email. */
export function ResendConfirmationPage(props: {
  frame: PageContext;
  /** The address that was entered, whether or not it has an account. */
  sentTo?: string;
  form?: FormState;
}): VNode {
  const { frame, sentTo, form } = props;
  const back = <a href={paths.signIn}>{copy.back}</a>;
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
      <Form frame={frame} action={paths.resendConfirmation} state={form} class="bz-panel">
        <TextInput name="email" label={copy.email} type="email" autocomplete="username" />
        <div class="bz-actions bz-stretch">
          <SubmitButton look="primary">{copy.submit}</SubmitButton>
        </div>
      </Form>
    </Bare>
  );
}
