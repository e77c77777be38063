import type { VNode } from 'preact';
import { mostFields } from '../../../db/domain/integrations/registration.ts';
import { Checkbox } from '../../ui/choices.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { type Option, Select, TextInput } from '../../ui/inputs.tsx';
import { detailsCopy } from './copy/register.ts';

/** Title, purpose, category and documentation of a server, as tenants see them. */
export function Details(props: { categories: readonly Option[]; name?: VNode }): VNode {
  return (
    <>
      <TextInput name="title" label="Title" />
      {props.name}
      <TextInput name="summary" label={detailsCopy.summary} help={detailsCopy.summaryHelp} />
      <Select name="category" label="Category" placeholder={detailsCopy.choose} options={props.categories} />
      <TextInput name="docsUrl" label="Documentation" type="url" />
    </>
  );
}

function Row(props: { row: number; place: string }): VNode {
  const { row, place } = props;
  return (
    <fieldset class="bz-row-fields">
      <legend class="form-label">{detailsCopy.fieldTitle(row + 1)}</legend>
      <TextInput name={`fields.${row}.label`} label={detailsCopy.label} optional />
      <TextInput name={`fields.${row}.sentAs`} label={detailsCopy.sentAs} optional help={place} />
      <Checkbox name={`fields.${row}.secret`} label={detailsCopy.secret} />
      <Checkbox name={`fields.${row}.optional`} label={detailsCopy.optional} />
    </fieldset>
  );
}

/** The credentials tenants enter for a third-party server, and where each is sent. */
export function CredentialFields(props: { kind: 'npm' | 'remote'; form?: FormState | undefined }): VNode {
  const place = detailsCopy.sentAsHelp[props.kind];
  const entered = Object.keys((props.form?.values?.['fields'] ?? {}) as object).map(Number);
  const shown = Math.min(mostFields, Math.max(1, ...entered.map((row) => row + 1)) + 1);
  const rows = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => <Row row={from + index} place={place} />);
  return (
    <>
      {rows(0, shown)}
      {shown < mostFields ? (
        <details>
          <summary>{detailsCopy.more}</summary>
          {rows(shown, mostFields)}
        </details>
      ) : null}
    </>
  );
}
