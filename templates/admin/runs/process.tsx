import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { SubmitButton } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { type Option, ReasonInput, Select } from '../../ui/inputs.tsx';
import { Picker } from '../../ui/picker.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { paths } from '../../paths.ts';
import { SchemaForm } from '../../ui/schema-form.tsx';
import type { JsonSchema } from '../../ui/schema-form.tsx';
import { pickCopy } from './copy.ts';

export interface ProcessPageProps {
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
  /** What a name that was typed can mean, where it means several. */
  choices?: Partial<Record<PickedName, readonly Option[]>> | undefined;
  /** Makes a second click harmless. */
  requestKey: string;
  form?: FormState;
}

const pickedNames = ['tenantId', 'userId'] as const;
type PickedName = (typeof pickedNames)[number];

const pickedFields = ({ properties = {} }: JsonSchema) => pickedNames.filter((name) => name in properties);

function withoutPicked(schema: JsonSchema): JsonSchema {
  const rest = Object.entries(schema.properties ?? {}).filter(
    ([name]) => !(pickedNames as readonly string[]).includes(name),
  );
  return { ...schema, properties: Object.fromEntries(rest) };
}

function PickedField(props: { field: PickedName; choices: readonly Option[] | undefined }): VNode {
  const { field, choices } = props;
  const { label, help, choose } = pickCopy[field];
  const name = `input.${field}`;
  if (choices) return <Select name={name} label={label} placeholder={choose} options={choices} />;
  return <Picker name={name} label={label} help={help} kind={field === 'tenantId' ? 'tenant' : 'person'} />;
}

/** GET and POST /admin/processes/:name: `input.*` by the schema, reason, requestKey. */
export function ProcessPage(props: ProcessPageProps): VNode {
  const { frame, process } = props;
  return (
    <Shell frame={frame} title={`Start: ${process.title}`}>
      <PageHeader
        crumbs={[
          { title: 'Workflows', href: '/admin/workflows' },
          { title: 'Start a process', href: '/admin/processes' },
        ]}
        title={process.title}
        purpose={process.purpose}
      />
      <div class="bz-narrow">
        <Form
          frame={frame}
          action={paths.process(process.name)}
          state={props.form}
          hidden={{ requestKey: props.requestKey }}
          class="bz-panel"
        >
          {pickedFields(process.schema).map((field) => (
            <PickedField field={field} choices={props.choices?.[field]} />
          ))}
          <SchemaForm schema={withoutPicked(process.schema)} path="input" />
          <ReasonInput />
          {process.happens ? <p class="bz-next">{process.happens}</p> : null}
          <div class="bz-actions">
            <SubmitButton look="primary" icon="player-play">
              Start
            </SubmitButton>
            <a class="btn bz-quiet" href="/admin/processes">
              Back
            </a>
          </div>
        </Form>
      </div>
    </Shell>
  );
}
