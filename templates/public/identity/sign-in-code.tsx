import type { VNode } from 'preact';
import { Bare } from '../../layout/bare.tsx';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { signInCodeCopy as copy } from './copy.ts';

/** GET and POST /sign-in/code: code, next. */
export function SignInCodePage(props: {
  frame: PageContext;
  next?: string | undefined;
  form?: FormState;
}): VNode {
  const { frame, next, form } = props;
  return (
    <Bare frame={frame} title={copy.title} aside={<a href={paths.signIn}>{copy.again}</a>}>
      <h1>{copy.title}</h1>
      <p class="bz-purpose">{copy.purpose}</p>
      <Form frame={frame} action={paths.signInCode} state={form} hidden={{ next }} class="bz-panel">
        <TextInput name="code" label={copy.label} help={copy.help} autocomplete="one-time-code" />
        <div class="bz-actions bz-stretch">
          <SubmitButton look="primary">{copy.submit}</SubmitButton>
        </div>
      </Form>
    </Bare>
  );
}
