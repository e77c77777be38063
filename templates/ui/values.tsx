import type { VNode } from 'preact';
import { fieldTitle } from './field-title.ts';
import { KeyFacts } from './key-facts.tsx';
import { Money } from './money.tsx';
import { Moment } from './time.tsx';

type Json = Record<string, unknown>;

const mostColumns = 6;
const mostRows = 100;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;
const currency = /^[A-Z]{3}$/;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Amounts as tools write them. */
function moneyOf(value: Json): { amountMinor: number; currency: string } | null {
  const { minor, currency: code, ...rest } = value;
  if (Object.keys(rest).length > 0 || !Number.isInteger(minor)) return null;
  return typeof code === 'string' && currency.test(code)
    ? { amountMinor: minor as number, currency: code }
    : null;
}

function scalarText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}

/** A value inside a row: nested values are shown as JSON. */
function Cell(props: { value: unknown }): VNode {
  const { value } = props;
  if (typeof value === 'string' && instant.test(value)) return <Moment at={value} />;
  if (Array.isArray(value)) {
    if (value.length === 0) return <>None</>;
    if (!value.some((one) => typeof one === 'object')) return <>{value.map(scalarText).join(', ')}</>;
    const amounts = value.map((one) => (isObject(one) ? moneyOf(one) : null));
    if (amounts.every((one) => one !== null)) {
      return (
        <>
          {amounts.map((amount, index) => (
            <>
              {index > 0 ? ', ' : ''}
              <Money value={amount} />
            </>
          ))}
        </>
      );
    }
  }
  const amount = isObject(value) ? moneyOf(value) : null;
  if (amount) return <Money value={amount} />;
  return <>{scalarText(value)}</>;
}

function Rows(props: { label: string; rows: readonly Json[] }): VNode {
  const columns = [...new Set(props.rows.flatMap((row) => Object.keys(row)))].slice(0, mostColumns);
  return (
    <div class="bz-scroll" tabIndex={0} role="region" aria-label={props.label}>
      <table class="bz-table">
        <caption class="visually-hidden">{props.label}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col">{fieldTitle(column)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.slice(0, mostRows).map((row) => (
            <tr>
              {columns.map((column) => (
                <td data-l={fieldTitle(column)}>
                  <Cell value={row[column]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isList = (value: unknown): value is Json[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => isObject(one) && !moneyOf(one));

/** Data of a tool for people: single values as rows, lists of alike things as tables, amounts and times in words. */
export function Values(props: { label: string; value: unknown }): VNode {
  const { value, label } = props;
  if (isList(value)) return <Rows label={label} rows={value} />;
  if (!isObject(value)) {
    return (
      <p>
        <Cell value={value} />
      </p>
    );
  }
  const entries = Object.entries(value);
  const lists = entries.filter((entry): entry is [string, Json[]] => isList(entry[1]));
  const rest = entries.filter(([, one]) => !isList(one));
  // The end of a list says nothing where there is nothing after it.
  const facts = lists.length > 0 ? rest.filter(([, one]) => one !== null) : rest;
  return (
    <>
      {facts.length > 0 ? (
        <KeyFacts
          rows
          facts={facts.map(([key, one]) => ({ label: fieldTitle(key), value: <Cell value={one} /> }))}
        />
      ) : null}
      {lists.map(([key, rows]) => (
        <Rows label={lists.length === 1 ? label : fieldTitle(key)} rows={rows} />
      ))}
      {entries.length === 0 ? <p class="bz-muted">No values.</p> : null}
    </>
  );
}
