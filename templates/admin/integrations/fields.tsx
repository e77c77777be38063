import type { VNode } from 'preact';
import { mostFields } from '../../../db/domain/integrations/registration.ts';
import { Checkbox } from '../../ui/choices.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { type Option, Select, TextInput } from '../../ui/inputs.tsx';

/** What a service is, as tenants read it. */
export function Words(props: { categories: readonly Option[]; name?: VNode }): VNode {
  return (
    <>
      <TextInput name="title" label="Title" />
      {props.name}
      <TextInput name="summary" label="What it is for" help="One sentence." />
      <Select name="category" label="Category" placeholder="Choose" options={props.categories} />
      <TextInput name="docsUrl" label="Documentation" type="url" />
    </>
  );
}

function Row(props: { row: number; place: string }): VNode {
  const { row, place } = props;
  return (
    <fieldset class="bz-row-fields">
      <legend class="form-label">Field {row + 1}</legend>
      <TextInput name={`fields.${row}.label`} label="What tenants read" optional />
      <TextInput name={`fields.${row}.sentAs`} label="Sent as" optional help={place} />
      <Checkbox name={`fields.${row}.secret`} label="Secret: sealed, and never shown again" />
      <Checkbox name={`fields.${row}.optional`} label="May be left empty" />
    </fieldset>
  );
}

/** What tenants enter for a service that is not ours, and where each of it goes. */
export function NeededFields(props: { kind: 'npm' | 'remote'; form?: FormState | undefined }): VNode {
  const place =
    props.kind === 'npm'
      ? 'The variable in which the program gets it, such as API_KEY.'
      : 'The header in which it travels. In Authorization it goes as a bearer token.';
  const typed = Object.keys((props.form?.values?.['fields'] ?? {}) as object).map(Number);
  const shown = Math.min(mostFields, Math.max(1, ...typed.map((row) => row + 1)) + 1);
  const rows = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => <Row row={from + index} place={place} />);
  return (
    <>
      {rows(0, shown)}
      {shown < mostFields ? (
        <details>
          <summary>More fields</summary>
          {rows(shown, mostFields)}
        </details>
      ) : null}
    </>
  );
}
