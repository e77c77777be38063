import type { VNode } from 'preact';
import { eventActions } from '../../../../db/domain/event.ts';
import type { Step } from '../../../../db/domain/runs/templates/definition.ts';
import { fieldsOf, type StepField } from '../../../../db/domain/runs/templates/edit/fields.ts';
import type { PageContext } from '../../../page-context.ts';
import { paths } from '../../../paths.ts';
import { SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { Checkbox } from '../../../ui/choices.tsx';
import { Form } from '../../../ui/form.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { type Option, Select, Textarea, TextInput } from '../../../ui/inputs.tsx';
import { kindCopy } from '../copy.ts';
import { choiceWords, editCopy as copy, fieldWords, groups } from '../edit-copy.ts';

/** An argument of a tool or a parameter of a template, which has a field of its own. */
export interface KnownRow {
  name: string;
  label: string;
  help?: string | undefined;
  required: boolean;
}

export interface StepPanel {
  kind: 'step';
  step: Step['kind'];
  /** Path of the step, or where a new one goes. */
  at: string;
  isNew: boolean;
  /** Of `arguments` and `parameters`; other values are named by the person. */
  known: readonly KnownRow[];
  /** Rows that can be named, for each field that has such. */
  rows: number;
  /** What the step uses: a tool or a template. */
  uses: { label: string; title: string } | null;
  form: FormState;
}

const long = ['body', 'text', 'question', 'example'];
const hidden = ['server', 'tool', 'template'];
/** Below the fields that matter. */
const more = ['id', 'optional', 'example', 'headers'];

const events: readonly Option[] = Object.entries(eventActions).map(([value, label]) => ({ value, label }));

function Rows(props: { panel: StepPanel; field: StepField; label: string }): VNode {
  const { panel, field, label } = props;
  const isKnown = ['arguments', 'parameters'].includes(field.name);
  const at = (index: number, part: string) => `step.${field.name}.${index}.${part}`;
  return (
    <fieldset class="bz-group">
      <legend>{isKnown && field.name === 'arguments' ? copy.arguments : label}</legend>
      <p class="bz-help">{isKnown ? copy.argumentsHelp : copy.rowsHelp}</p>
      {isKnown
        ? panel.known.map((row, index) => (
            <>
              <input type="hidden" name={at(index, 'name')} value={row.name} />
              <TextInput
                name={at(index, 'value')}
                label={row.label}
                help={row.help}
                optional={!row.required}
              />
            </>
          ))
        : Array.from({ length: panel.rows }, (_, index) => (
            <div class="bz-row-pair">
              <TextInput name={at(index, 'name')} label={`${copy.rowName} ${index + 1}`} />
              <TextInput name={at(index, 'value')} label={`${copy.rowValue} ${index + 1}`} />
            </div>
          ))}
    </fieldset>
  );
}

function StepInput(props: { panel: StepPanel; field: StepField }): VNode | null {
  const { panel, field } = props;
  const { label, help } = fieldWords(panel.step, field);
  const name = `step.${field.name}`;
  // Of the fields of a group only the group says that it may be left out.
  const optional =
    !field.required && !field.name.includes('.') && !['until', 'over', 'while'].includes(field.name);
  const common = { name, label, help, optional };
  if (hidden.includes(field.name)) return null;
  if (field.name === 'event.action')
    return <Select {...common} optional={false} placeholder="Choose an event" options={events} />;
  switch (field.type) {
    case 'rows':
      return <Rows panel={panel} field={field} label={label} />;
    case 'yes':
      return <Checkbox name={name} label={label} />;
    case 'choice': {
      const [only, ...others] = field.options ?? [];
      if (others.length === 0) return <input type="hidden" name={name} value={only} />;
      const options = (field.options ?? []).map((value) => ({ value, label: choiceWords(value) }));
      return <Select {...common} options={options} width="medium" />;
    }
    case 'number':
    case 'count':
      return (
        <TextInput {...common} width="medium" {...(field.type === 'number' && { inputMode: 'numeric' })} />
      );
    default:
      return long.includes(field.name) ? <Textarea {...common} rows={4} /> : <TextInput {...common} />;
  }
}

/** The fields of a step, those that belong together under a heading. */
function Fields(props: { panel: StepPanel; fields: readonly StepField[] }): VNode {
  const { panel, fields } = props;
  const groupOf = ({ name }: StepField) => (panel.step === 'wait' ? (name.split('.')[0] ?? '') : '');
  const named = [...new Set(fields.map(groupOf))].filter((name) => name in groups);
  return (
    <>
      {fields
        .filter((field) => !named.includes(groupOf(field)))
        .map((field) => (
          <StepInput panel={panel} field={field} />
        ))}
      {named.map((name) => (
        <fieldset class="bz-group">
          <legend>{groups[name]?.label}</legend>
          {fields
            .filter((field) => groupOf(field) === name)
            .map((field) => (
              <StepInput panel={panel} field={field} />
            ))}
        </fieldset>
      ))}
    </>
  );
}

/** The form of one step, made from the schema of its kind. */
export function StepForm(props: { frame: PageContext; id: string; base: number; panel: StepPanel }): VNode {
  const { frame, id, base, panel } = props;
  const fields = fieldsOf(panel.step);
  const [rest, main] = [
    fields.filter(({ name }) => more.includes(name)),
    fields.filter(({ name }) => !more.includes(name)),
  ];
  const title = kindCopy[panel.step].title;
  const wrong = Object.keys(panel.form.errors ?? {});
  const isOpen = wrong.some((name) => more.some((one) => name.startsWith(`step.${one}`)));
  const values = panel.form.values?.['step'] as Record<string, unknown> | undefined;
  return (
    <Card title={panel.isNew ? copy.newStep(title) : title} note={kindCopy[panel.step].does} id="panel">
      <Form
        frame={frame}
        action={paths.workflowTemplateAction(id, 'edit/step')}
        state={panel.form}
        idPrefix="step"
        hidden={{
          ...{ base: String(base), at: panel.at, kind: panel.step, isNew: panel.isNew ? 'yes' : 'no' },
          ...Object.fromEntries(hidden.map((name) => [`step.${name}`, values?.[name] as string | undefined])),
        }}
      >
        {panel.uses ? (
          <p>
            {panel.uses.label}: <strong>{panel.uses.title}</strong>
          </p>
        ) : null}
        <Fields panel={panel} fields={main} />
        <details class="bz-more" open={isOpen}>
          <summary>{copy.more}</summary>
          <Fields panel={panel} fields={rest} />
        </details>
        <div class="bz-actions">
          <SubmitButton look="primary">{panel.isNew ? copy.insert : copy.save}</SubmitButton>
          <a class="btn bz-quiet" href={paths.workflowTemplateAction(id, 'edit')}>
            {copy.cancel}
          </a>
        </div>
        <p class="bz-help">
          <strong>{copy.expressions}.</strong> {copy.expressionsHelp}
        </p>
      </Form>
    </Card>
  );
}
