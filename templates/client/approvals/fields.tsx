import type { VNode } from 'preact';
import type { ApprovalField } from '../../../db/domain/approvals/request.ts';
import { Select, TextInput } from '../../ui/inputs.tsx';
import { approvalsCopy as copy } from './copy.ts';

function FieldInput(props: { field: ApprovalField }): VNode {
  const { name, label, type, required, options = [], min, max } = props.field;
  const common = { name: `values.${name}`, label, optional: !required };
  switch (type) {
    case 'choice':
      return <Select {...common} options={options} placeholder={copy.choose} />;
    case 'yesNo':
      return (
        <Select
          {...common}
          placeholder={copy.choose}
          options={[
            { value: 'true', label: copy.yes },
            { value: 'false', label: copy.no },
          ]}
        />
      );
    case 'number':
      return <TextInput {...common} inputMode="decimal" width="short" help={copy.limits(min, max)} />;
    case 'date':
      return <TextInput {...common} type="date" width="medium" />;
    case 'text':
      return <TextInput {...common} />;
  }
}

/** What is asked of the people who approve. */
export function RequestFields(props: { fields: readonly ApprovalField[] }): VNode | null {
  if (props.fields.length === 0) return null;
  return (
    <>
      <p class="bz-muted">{copy.answersFirst}</p>
      {props.fields.map((field) => (
        <FieldInput field={field} />
      ))}
    </>
  );
}
