import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { SubmitButton } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { ReasonInput } from '../../ui/inputs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths } from '../../paths.ts';
import type { JsonSchema } from '../../ui/schema-form.tsx';
import { fieldTitle } from '../../ui/field-title.ts';
import { againCopy } from './acts/copy.ts';
import { InputFields, type PickedProps } from './input-fields.tsx';

export interface ProcessPageProps extends PickedProps {
  frame: PageContext;
  process: {
    name: string;
    title: string;
    purpose: string;
    /** What starting it does, in words. */
    happens?: string;
    /** Input as JSON Schema of an object. */
    schema: JsonSchema;
  };
  /** Makes a second click harmless. */
  requestKey: string;
  form?: FormState;
  /** Set where a run is started again: which, and the fields of its input that have to be entered again. */
  again?: { runId: string; title: string; withheld: readonly string[] };
}

/** GET and POST /admin/processes/:name: `input.*` by the schema, reason, requestKey. */
export function ProcessPage(props: ProcessPageProps): VNode {
  const { frame, process, again } = props;
  const title = again ? againCopy.title(process.title) : process.title;
  return (
    <Shell frame={frame} title={again ? title : `Start: ${process.title}`}>
      <PageHeader
        crumbs={[
          { title: 'Workflows', href: '/admin/workflows' },
          again
            ? { title: again.title, href: paths.run(again.runId) }
            : { title: 'Start a process', href: '/admin/processes' },
        ]}
        title={title}
        purpose={again ? againCopy.purpose : process.purpose}
      />
      <div class="bz-narrow">
        <Form
          frame={frame}
          action={again ? paths.runStartAgain(again.runId) : paths.process(process.name)}
          state={props.form}
          hidden={{ requestKey: props.requestKey }}
          class="bz-panel"
        >
          {again && again.withheld.length > 0 ? (
            <p class="bz-muted">{againCopy.withheld(again.withheld.map(fieldTitle))}</p>
          ) : null}
          <InputFields schema={process.schema} choices={props.choices} chosen={props.chosen} />
          <ReasonInput />
          {process.happens ? <p class="bz-next">{process.happens}</p> : null}
          <div class="bz-actions">
            <SubmitButton look="primary" icon="player-play">
              Start
            </SubmitButton>
            <a class="btn bz-quiet" href={again ? paths.run(again.runId) : '/admin/processes'}>
              Back
            </a>
          </div>
        </Form>
      </div>
    </Shell>
  );
}
