import type { VNode } from 'preact';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { TextInput, Textarea } from '../../ui/inputs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { templatesCopy } from './copy.ts';

const copy = templatesCopy.form;

/** GET and POST /workflow-templates/new */
export function NewTemplatePage(props: {
  frame: PageContext;
  requestKey: string;
  form?: FormState | undefined;
}): VNode {
  const { frame, requestKey, form } = props;
  return (
    <Shell frame={frame} title={copy.createTitle}>
      <PageHeader
        crumbs={[{ title: templatesCopy.title, href: paths.workflowTemplates }]}
        title={copy.createTitle}
        purpose={copy.createPurpose}
      />
      <div class="bz-narrow">
        <Form
          frame={frame}
          action={paths.newWorkflowTemplate}
          {...(form && { state: form })}
          hidden={{ requestKey }}
          class="bz-panel"
        >
          <TextInput name="title" label={copy.name} />
          <Textarea name="summary" label={copy.summary} />
          <div class="bz-actions">
            <SubmitButton look="primary">{copy.createSubmit}</SubmitButton>
            <a class="btn bz-quiet" href={paths.workflowTemplates}>
              {copy.back}
            </a>
          </div>
        </Form>
      </div>
    </Shell>
  );
}
