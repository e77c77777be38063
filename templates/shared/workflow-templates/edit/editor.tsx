import type { VNode } from 'preact';
import { allSteps, type Definition } from '../../../../db/domain/runs/templates/definition.ts';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths, withQuery } from '../../../paths.ts';
import { DialogButton, LinkButton, SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Form, PostButton } from '../../../ui/form.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { Textarea, TextInput } from '../../../ui/inputs.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { templatesCopy } from '../copy.ts';
import { editCopy as copy } from '../edit-copy.ts';
import { type Mark, TemplateGraph } from '../graph/graph.tsx';
import { PublishDialog } from '../publish.tsx';
import { ChooseKind, type ChoosePanel, ChooseUse, type UsePanel } from './choose.tsx';
import { EventCard, EventForm, type EventPanel } from './event.tsx';
import { ParameterForm, ParameterList, type ParameterPanel } from './parameters.tsx';
import { StepForm, type StepPanel } from './step-form.tsx';
import { Steps } from './steps.tsx';

export type Panel = StepPanel | ChoosePanel | UsePanel | ParameterPanel | EventPanel;

export interface EditorPageProps {
  frame: PageContext;
  template: {
    id: string;
    title: string;
    summary: string;
    liveVersion: number | null;
    newestVersion: number;
    changed: boolean;
  };
  definition: Definition;
  problems: {
    count: number;
    steps: ReadonlyMap<string, readonly string[]>;
    parameters: ReadonlyMap<string, readonly string[]>;
    /** Of the event that starts it. */
    on: readonly string[];
  };
  /** Templates of the platform start on no events. */
  ofBusiness: boolean;
  panel: Panel | null;
  mayUndo: boolean;
  /** The JSON stands in place of the graph. */
  jsonOnly: boolean;
  about?: FormState | undefined;
  json?: FormState | undefined;
}

/** Longer ones would make the page heavy. */
const shortJson = 5_000;
const fewSteps = { alone: 15, besideForm: 8 } as const;

const isLong = ({ definition, panel }: EditorPageProps): boolean =>
  allSteps(definition.steps).length > (panel ? fewSteps.besideForm : fewSteps.alone);

function Actions(props: EditorPageProps): VNode {
  const { frame, template } = props;
  const to = (action: string) => paths.workflowTemplateAction(template.id, action);
  const isDraft = template.liveVersion === null || template.changed;
  return (
    <>
      {isDraft ? (
        <DialogButton look="primary" dialog="publish">
          {copy.publish}
        </DialogButton>
      ) : null}
      <LinkButton icon="progress" href={to('dry-run')}>
        {templatesCopy.dryRun}
      </LinkButton>
      {props.mayUndo ? (
        <PostButton frame={frame} action={to('edit/undo')}>
          <SubmitButton icon="history">{copy.undo}</SubmitButton>
        </PostButton>
      ) : null}
      {template.liveVersion !== null && template.changed ? (
        <PostButton frame={frame} action={to('edit/discard')}>
          <SubmitButton>{copy.discard}</SubmitButton>
        </PostButton>
      ) : null}
      <LinkButton look="quiet" href={paths.workflowTemplate(template.id)}>
        {copy.done}
      </LinkButton>
    </>
  );
}

function PanelOf(props: EditorPageProps): VNode | null {
  const { frame, panel, template } = props;
  const of = { frame, id: template.id, base: template.newestVersion };
  switch (panel?.kind) {
    case 'step':
      return <StepForm {...of} panel={panel} />;
    case 'choose':
      return <ChooseKind id={template.id} panel={panel} />;
    case 'use':
      return <ChooseUse id={template.id} panel={panel} />;
    case 'event':
      return <EventForm {...of} panel={panel} parameters={props.definition.parameters} />;
    case 'parameter':
      return <ParameterForm {...of} panel={panel} />;
    default:
      return null;
  }
}

function AboutForm(props: EditorPageProps): VNode {
  const { frame, template, about } = props;
  return (
    <Card title={copy.about}>
      <Form
        frame={frame}
        action={paths.workflowTemplateAction(template.id, 'edit/about')}
        {...(about && { state: about })}
        hidden={{ base: String(template.newestVersion) }}
        idPrefix="about"
      >
        <TextInput name="title" label={templatesCopy.form.name} initial={template.title} />
        <Textarea name="summary" label={templatesCopy.form.summary} initial={template.summary} />
        <div class="bz-actions">
          <SubmitButton>{copy.aboutSave}</SubmitButton>
        </div>
      </Form>
    </Card>
  );
}

function JsonForm(props: EditorPageProps & { text: string }): VNode {
  const { frame, template, json, text } = props;
  return (
    <Card title={copy.json} note={copy.jsonNote} id="json">
      <Form
        frame={frame}
        action={paths.workflowTemplateAction(template.id, 'edit/json')}
        {...(json && { state: json })}
        hidden={{ base: String(template.newestVersion) }}
        idPrefix="json"
        class="bz-json"
      >
        <Textarea name="definition" label={copy.jsonLabel} rows={16} initial={text} />
        <div class="bz-actions">
          <SubmitButton>{copy.jsonSave}</SubmitButton>
        </div>
      </Form>
    </Card>
  );
}

function Json(props: EditorPageProps): VNode {
  const text = JSON.stringify(props.definition, null, 2);
  if (props.jsonOnly || props.json || text.length <= shortJson) return <JsonForm {...props} text={text} />;
  const href = withQuery(paths.workflowTemplateAction(props.template.id, 'edit'), { view: 'json' });
  return (
    <Card title={copy.json} note={copy.jsonLong}>
      <LinkButton href={href}>{copy.jsonOpen}</LinkButton>
    </Card>
  );
}

function Graph(props: EditorPageProps): VNode {
  const { definition, problems, template } = props;
  if (allSteps(definition.steps).length > fewSteps.alone) {
    return (
      <Card title={copy.graph} note={copy.graphLong}>
        <LinkButton href={paths.workflowTemplateTab(template.id, 'graph')}>{copy.graphOpen}</LinkButton>
      </Card>
    );
  }
  const marks = new Map<string, Mark>([...problems.steps.keys()].map((id) => [id, 'problem']));
  return (
    <Card title={copy.graph}>
      {definition.steps.length > 0 ? (
        <TemplateGraph title={`${copy.graph}: ${template.title}`} definition={definition} marks={marks} />
      ) : (
        <p class="bz-muted">{templatesCopy.steps.empty}</p>
      )}
    </Card>
  );
}

/** GET /workflow-templates/:templateId/edit: form, graph and JSON of the newest version side by side. */
export function EditorPage(props: EditorPageProps): VNode {
  const { frame, template, definition, problems, panel } = props;
  const of = { frame, id: template.id, base: template.newestVersion };
  const title = copy.title(template.title);
  return (
    <Shell frame={frame} title={title} wide>
      <PageHeader
        crumbs={[
          { title: templatesCopy.title, href: paths.workflowTemplates },
          { title: template.title, href: paths.workflowTemplate(template.id) },
        ]}
        title={title}
        purpose={`${copy.state(template.newestVersion, template.liveVersion)}. ${copy.purpose}`}
        action={<Actions {...props} />}
      />
      {problems.count > 0 ? (
        <Notice tone="attention" icon="alert-triangle">
          {templatesCopy.problems(problems.count)}
        </Notice>
      ) : null}
      <div class="bz-editor">
        <div>
          <PanelOf {...props} />
          <Steps
            {...of}
            definition={definition}
            problems={problems.steps}
            compact={isLong(props)}
            open={panel?.kind === 'step' && !panel.isNew ? panel.at : null}
          />
          <ParameterList {...of} parameters={definition.parameters} problems={problems.parameters} />
          {props.ofBusiness ? <EventCard {...of} on={definition.on ?? null} problems={problems.on} /> : null}
          <AboutForm {...props} />
        </div>
        <div>
          {props.jsonOnly ? null : <Graph {...props} />}
          <Json {...props} />
        </div>
      </div>
      <PublishDialog frame={frame} id={template.id} version={template.newestVersion} />
    </Shell>
  );
}
