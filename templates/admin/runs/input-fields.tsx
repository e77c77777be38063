import type { VNode } from 'preact';
import { type Option, Select } from '../../ui/inputs.tsx';
import { Picker } from '../../ui/picker.tsx';
import { type JsonSchema, SchemaForm } from '../../ui/schema-form.tsx';
import { pickCopy } from './copy.ts';

const pickedNames = ['tenantId', 'userId'] as const;
type PickedName = (typeof pickedNames)[number];

const pickedFields = ({ properties = {} }: JsonSchema) => pickedNames.filter((name) => name in properties);

function withoutPicked(schema: JsonSchema): JsonSchema {
  const rest = Object.entries(schema.properties ?? {}).filter(
    ([name]) => !(pickedNames as readonly string[]).includes(name),
  );
  return { ...schema, properties: Object.fromEntries(rest) };
}

function PickedField(props: {
  field: PickedName;
  choices: readonly Option[] | undefined;
  chosen: { id: string; name: string } | undefined;
}): VNode {
  const { field, choices, chosen } = props;
  const { label, help, choose } = pickCopy[field];
  const name = `input.${field}`;
  if (choices) return <Select name={name} label={label} placeholder={choose} options={choices} />;
  const kind = field === 'tenantId' ? 'tenant' : 'person';
  return <Picker name={name} label={label} help={help} kind={kind} chosen={chosen} />;
}

/** What is known of the tenant and the person that were typed. */
export interface PickedProps {
  /** What a name that was typed can mean, where it means several. */
  choices?: Partial<Record<PickedName, readonly Option[]>> | undefined;
  /** Whom the ids of a refused form mean. */
  chosen?: Partial<Record<PickedName, { id: string; name: string }>> | undefined;
}

/** The input of a process as `input.*`: tenant and person by name, the rest by its schema. */
export function InputFields(props: PickedProps & { schema: JsonSchema }): VNode {
  const { schema } = props;
  return (
    <>
      {pickedFields(schema).map((field) => (
        <PickedField field={field} choices={props.choices?.[field]} chosen={props.chosen?.[field]} />
      ))}
      <SchemaForm schema={withoutPicked(schema)} path="input" />
    </>
  );
}
