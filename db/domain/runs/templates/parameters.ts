import type { Json, Parameter, Parameters } from './definition.ts';
import { emailPattern } from './effects.ts';

function fitsText(
  { minLength = 0, maxLength = 2_000, enum: allowed, format }: Parameter,
  value: string,
): boolean {
  if (value.length < minLength || value.length > maxLength) return false;
  if (allowed && !allowed.includes(value)) return false;
  if (format === 'email') return emailPattern.test(value);
  if (format === 'date') return /^\d{4}-\d\d-\d\d$/.test(value);
  return format !== 'uri' || /^https?:\/\/\S+$/.test(value);
}

/** Whether a value can be given for a parameter. */
export function fitsParameter(parameter: Parameter, value: Json): boolean {
  switch (parameter.type) {
    case 'string':
      return typeof value === 'string' && fitsText(parameter, value);
    case 'integer': {
      const { minimum = -Infinity, maximum = Infinity } = parameter;
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum && value <= maximum;
    }
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return (
        Array.isArray(value) &&
        value.length <= (parameter.maxItems ?? 100) &&
        value.every((one) => typeof one === 'string' && one.length <= 500)
      );
  }
}

/** Every parameter with its value, its default or null, and the name of one that is missing, unknown or doesn't fit. */
export function withDefaults(
  { properties, required }: Parameters,
  given: Record<string, Json>,
): { filled: Record<string, Json>; wrong: string | null } {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(properties, name));
  let wrong = unknown ?? null;
  const filled: Record<string, Json> = {};
  for (const [name, parameter] of Object.entries(properties)) {
    const value = given[name] ?? parameter.default ?? null;
    filled[name] = value;
    const isMissing = value === null && required.includes(name);
    if (isMissing || (value !== null && !fitsParameter(parameter, value))) wrong ??= name;
  }
  return { filled, wrong };
}
