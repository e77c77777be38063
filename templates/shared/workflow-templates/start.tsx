import type { VNode } from 'preact';
import type { Parameters } from '../../../db/domain/runs/templates/definition.ts';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { type Option, ReasonInput, Select } from '../../ui/inputs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Picker } from '../../ui/picker.tsx';
import { type JsonSchema, SchemaForm } from '../../ui/schema-form.tsx';
import { templatesCopy } from './copy.ts';

const copy = templatesCopy.starting;

export interface StartTemplatePageProps {
  frame: PageContext;
  template: { id: string; title: string };
  version: number;
  parameters: Parameters;
  requestKey: string;
  /** Set for administrators, who choose the business: what a typed name can mean, and whom an id means. */
  business: {
    choices?: readonly Option[] | undefined;
    chosen?: { id: string; name: string } | undefined;
  } | null;
  form?: FormState | undefined;
}

/** The parameters of a template as fields. */
export const ParameterFields = ({ parameters }: { parameters: Parameters }): VNode => (
  <SchemaForm schema={parameters as JsonSchema} path="parameters" />
);

function BusinessField({ choices, chosen }: NonNullable<StartTemplatePageProps['business']>): VNode {
  if (choices)
    return <Select name="tenantId" label={copy.business} placeholder="Choose one" options={choices} />;
  return (
    <Picker name="tenantId" label={copy.business} help={copy.businessHelp} kind="tenant" chosen={chosen} />
  );
}

/** GET and POST /workflow-templates/:templateId/start */
export function StartTemplatePage(props: StartTemplatePageProps): VNode {
  const { frame, template, version, business, form } = props;
  const title = copy.title(template.title);
  const to = (action: string) => paths.workflowTemplateAction(template.id, action);
  return (
    <Shell frame={frame} title={title}>
      <PageHeader
        crumbs={[
          { title: templatesCopy.title, href: paths.workflowTemplates },
          { title: template.title, href: paths.workflowTemplate(template.id) },
        ]}
        title={title}
        purpose={copy.purpose(version)}
        action={<LinkButton href={to('dry-run')}>{templatesCopy.dryRun}</LinkButton>}
      />
      <div class="bz-narrow">
        <Form
          frame={frame}
          action={to('start')}
          {...(form && { state: form })}
          hidden={{ requestKey: props.requestKey }}
          class="bz-panel"
        >
          {business ? <BusinessField {...business} /> : null}
          <ParameterFields parameters={props.parameters} />
          {business ? <ReasonInput /> : null}
          <p class="bz-next">{copy.happens}</p>
          <div class="bz-actions">
            <SubmitButton look="primary" icon="player-play">
              {copy.submit}
            </SubmitButton>
            <a class="btn bz-quiet" href={paths.workflowTemplate(template.id)}>
              {templatesCopy.form.back}
            </a>
          </div>
        </Form>
      </div>
    </Shell>
  );
}
