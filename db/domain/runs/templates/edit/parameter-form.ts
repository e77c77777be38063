import type { Parameter } from '../definition.ts';
import type { Typed } from './step-form.ts';

/** What a parameter is, as people choose it. */
export const parameterKinds = [
  'text',
  'email',
  'address',
  'date',
  'choice',
  'number',
  'yes',
  'list',
] as const;
export type ParameterKind = (typeof parameterKinds)[number];

const formats = { email: 'email', address: 'uri', date: 'date' } as const;

export function kindOfParameter({ type, format, enum: choices }: Parameter): ParameterKind {
  if (type === 'integer') return 'number';
  if (type === 'boolean') return 'yes';
  if (type === 'array') return 'list';
  if (choices) return 'choice';
  if (format === 'uri') return 'address';
  return format ?? 'text';
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const whole = (value: unknown): number | string | undefined => {
  const typed = text(value);
  if (typed === '') return undefined;
  return /^-?\d+$/.test(typed) ? Number(typed) : typed;
};
const lines = (value: unknown): string[] =>
  text(value)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);

const set = (entries: Record<string, unknown>): Typed =>
  Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== undefined && value !== '') as [string, unknown][],
  );

function defaultTyped(kind: ParameterKind, typed: Typed): unknown {
  const given = typed['default'];
  if (kind === 'number') return whole(given);
  if (kind === 'yes') return text(given) === '' ? undefined : text(given) === 'true';
  if (kind === 'list') return lines(given).length === 0 ? undefined : lines(given);
  return text(given) || undefined;
}

/** The parameter that a form describes; whether it is right, its schema tells. */
export function parameterTyped(typed: Typed): Typed {
  const kind = parameterKinds.find((one) => one === typed['kind']) ?? 'text';
  const common = { title: text(typed['title']), description: text(typed['description']) };
  const preset = defaultTyped(kind, typed);
  switch (kind) {
    case 'number': {
      const bounds = { minimum: whole(typed['minimum']), maximum: whole(typed['maximum']) };
      return set({ type: 'integer', ...common, ...bounds, default: preset });
    }
    case 'yes':
      return set({ type: 'boolean', ...common, default: preset });
    case 'list': {
      const items = { items: { type: 'string' }, maxItems: whole(typed['maxItems']) };
      return set({ type: 'array', ...common, ...items, default: preset });
    }
    case 'choice':
      return set({ type: 'string', ...common, enum: lines(typed['choices']), default: preset });
    case 'text': {
      const lengths = { minLength: whole(typed['minLength']), maxLength: whole(typed['maxLength']) };
      return set({ type: 'string', ...common, ...lengths, default: preset });
    }
    default:
      return set({ type: 'string', ...common, format: formats[kind], default: preset });
  }
}

/** What the form of a parameter shows. */
export function typedParameter(name: string, parameter: Parameter, required: boolean): Typed {
  const { default: preset, enum: choices, items: _items, type: _type, format: _format, ...rest } = parameter;
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, String(value)])),
    name,
    kind: kindOfParameter(parameter),
    required: String(required),
    choices: choices?.join('\n') ?? '',
    default: Array.isArray(preset) ? preset.join('\n') : preset === undefined ? '' : String(preset),
  };
}
