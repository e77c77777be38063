import type { EventStart, Parameters } from '../definition.ts';
import { type Typed, typedValue, valueTyped } from './step-form.ts';

const text = (value: unknown): string =>
  typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : '';

/** The event that a form describes; whether it is right, its schema tells. */
export function startTyped(typed: Typed, { properties }: Parameters): Typed {
  const given = (typed['parameters'] ?? {}) as Typed;
  const filled = Object.entries(properties).flatMap(([name, { type }]) => {
    const value = text(given[name]);
    if (value === '') return [];
    return [[name, type === 'string' ? value : valueTyped(value)] as const];
  });
  const condition = text(typed['if']);
  return {
    action: text(typed['action']),
    ...(condition !== '' && { if: condition }),
    parameters: Object.fromEntries(filled),
  };
}

/** What the form of an event shows. */
export function typedStart({ action, if: condition, parameters }: EventStart, known: Parameters): Typed {
  const typed = Object.entries(parameters).map(([name, value]) => [
    name,
    known.properties[name]?.type === 'string' && typeof value === 'string' ? value : typedValue(value),
  ]);
  return { action, if: condition ?? '', parameters: Object.fromEntries(typed) as Typed };
}
