import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Shape } from './shapes.ts';

/** A validator of vendor schemas: unknown keywords and formats of theirs mean nothing. */
function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    logger: false,
    validateSchema: false,
    // Vendor schemas are large and checked a few times each: compiling is what takes time.
    code: { optimize: false },
  });
  addFormats.default(ajv);
  ajv.addKeyword({
    keyword: 'decimalsOf',
    type: 'object',
    validate: ({ value, currency }: { value: string; currency: string }, data: Record<string, unknown>) =>
      decimalsFit(data[value], data[currency]),
  });
  return ajv;
}

function decimalsFit(value: unknown, currency: unknown): boolean {
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return true;
  const decimals = String(value as string | number).split('.')[1]?.length ?? 0;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return decimals <= maximumFractionDigits;
}

const ajv = createAjv();
const compiled = new WeakMap<Shape, ValidateFunction>();

/** What is wrong with a value, each as `place.path: reason`. */
export function faults(place: string, shape: Shape, value: unknown): string[] {
  let validate = compiled.get(shape);
  if (!validate) {
    validate = ajv.compile(shape);
    compiled.set(shape, validate);
  }
  return validate(value) ? [] : told(place, validate.errors ?? []);
}

/** Ajv's errors as sentences, without repetitions. */
function told(place: string, errors: readonly ErrorObject[]): string[] {
  return [...new Set(errors.map((error) => sentence(place, error)))];
}

function sentence(place: string, { instancePath, keyword, params, message }: ErrorObject): string {
  const where = instancePath
    .split('/')
    .slice(1)
    .reduce((path, key) => path + (/^\d+$/.test(key) ? `[${key}]` : `.${unescaped(key)}`), place);
  const facts = params as Record<string, unknown>;
  const extra = facts['additionalProperty'] ?? facts['unevaluatedProperty'];
  if (typeof extra === 'string') return `${where}.${extra}: is not documented`;
  if (keyword === 'required') return `${where}.${String(facts['missingProperty'])}: is missing`;
  if (keyword === 'false schema') return `${where}: is read-only`;
  if (keyword === 'enum') return `${where}: must be one of ${JSON.stringify(facts['allowedValues'])}`;
  if (keyword === 'const') return `${where}: must be ${JSON.stringify(facts['allowedValue'])}`;
  if (keyword === 'decimalsOf') return `${where}: has more decimals than its currency`;
  return `${where}: ${message ?? keyword}`;
}

const unescaped = (key: string) => key.replaceAll('~1', '/').replaceAll('~0', '~');
