import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { templatesCopy } from './copy.ts';

const copy = templatesCopy.versions;

/** Publishes a version, with what people call it. */
export function PublishDialog(props: {
  frame: PageContext;
  id: string;
  version: number;
  state?: FormState | undefined;
}): VNode {
  const { frame, id, version, state } = props;
  return (
    <Dialog id="publish" title={copy.publishTitle(version)} open={state !== undefined}>
      <Form
        frame={frame}
        action={paths.workflowTemplateAction(id, 'publish')}
        hidden={{ version: String(version) }}
        idPrefix="publish"
        {...(state && { state })}
      >
        <p>{copy.publishHappens}</p>
        <p class="bz-muted">{copy.publishStays}</p>
        <TextInput name="label" label={copy.labelField} help={copy.labelHelp} optional />
        <div class="bz-actions">
          <SubmitButton look="primary">{copy.publish}</SubmitButton>
          <a class="btn bz-quiet" href="#main" data-close>
            {templatesCopy.form.back}
          </a>
        </div>
      </Form>
    </Dialog>
  );
}
