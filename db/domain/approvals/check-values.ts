import type { ApprovalField, ApprovalValues } from './request.ts';

/** Why a value doesn't fit its field. Data: the words belong to the pages. */
export type ValueProblem =
  'missing' | 'unknown' | 'notText' | 'notNumber' | 'outOfRange' | 'notOption' | 'notDate';

/** A day that the calendar has. */
function isDate(value: string): boolean {
  const day = new Date(`${value}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value)
  );
}

function problemOf(field: ApprovalField, value: ApprovalValues[string] | undefined): ValueProblem | null {
  if (value === undefined || value === '') return field.required ? 'missing' : null;
  switch (field.type) {
    case 'number': {
      if (typeof value !== 'number' || !Number.isFinite(value)) return 'notNumber';
      const { min = -Infinity, max = Infinity } = field;
      return value < min || value > max ? 'outOfRange' : null;
    }
    case 'yesNo':
      return typeof value === 'boolean' ? null : 'notOption';
    case 'choice':
      return field.options?.some((option) => option === value) ? null : 'notOption';
    case 'date':
      return typeof value === 'string' && isDate(value) ? null : 'notDate';
    case 'text':
      return typeof value === 'string' ? null : 'notText';
  }
}

/** What is wrong with the values of a form, by field; null when all fit. */
export function problemsOf(
  fields: readonly ApprovalField[],
  values: ApprovalValues,
): Record<string, ValueProblem> | null {
  const found: Record<string, ValueProblem> = {};
  for (const field of fields) {
    const problem = problemOf(field, values[field.name]);
    if (problem) found[field.name] = problem;
  }
  for (const name of Object.keys(values)) {
    if (!fields.some((field) => field.name === name)) found[name] = 'unknown';
  }
  return Object.keys(found).length > 0 ? found : null;
}

/** What a form sent, as values of the fields' types; an empty field is left out, and what doesn't fit stays as it was. */
export function enteredValues(fields: readonly ApprovalField[], entered: ApprovalValues): ApprovalValues {
  const read = (value: ApprovalValues[string], type: ApprovalField['type'] | undefined) => {
    if (typeof value !== 'string') return value;
    if (type === 'number' && Number.isFinite(Number(value))) return Number(value);
    if (type === 'yesNo' && (value === 'true' || value === 'false')) return value === 'true';
    return value.trim();
  };
  const typeOf = (name: string) => fields.find((field) => field.name === name)?.type;
  return Object.fromEntries(
    Object.entries(entered)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, read(value, typeOf(name))]),
  );
}
