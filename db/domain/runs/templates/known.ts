import type { Known } from './check-expression.ts';
import type { Parameter } from './definition.ts';
import type { Type } from './functions.ts';

export const text: Known = { type: 'string' };
export const flag: Known = { type: 'boolean' };
export const object = (fields: Record<string, Known>): Known => ({
  type: 'object',
  fields: new Map(Object.entries(fields)),
});

export const knownParameter = ({ type }: Parameter): Known =>
  type === 'array' ? { type, items: text } : { type: type as Type };

/** The business that a run is for, as every expression knows it. */
export const business: Known = object({
  id: text,
  name: text,
  timezone: text,
  language: text,
  country: text,
});
