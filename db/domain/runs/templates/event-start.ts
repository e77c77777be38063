import type { EventStart, Json } from './definition.ts';
import { evaluate, isTrue, valueOf } from './evaluate.ts';
import { ExpressionError } from './expression.ts';
import { parse } from './parse.ts';

/** An event of the ledger as expressions know it. */
export interface KnownEvent {
  action: string;
  /** ISO time. */
  at: string;
  /** Id and kind of what it is about first; null where it is about nothing. */
  about: string | null;
  kind: string | null;
  data: Json;
}

/**
 * The parameters that an event starts a run with; null where its condition doesn’t hold. A condition without a value
 * doesn’t hold; a parameter without one is left out, so that the run that misses it says so.
 */
export function parametersOn(
  on: EventStart,
  event: KnownEvent,
  business: Record<string, Json>,
): Record<string, Json> | null {
  const names = new Map<string, Json>([
    ['event', { ...event }],
    ['business', business],
  ]);
  const solved = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      if (error instanceof ExpressionError) return null;
      throw error;
    }
  };
  const condition = on.if;
  if (condition !== undefined && !solved(() => isTrue(evaluate(parse(condition), names)))) return null;
  return Object.fromEntries(
    Object.entries(on.parameters).flatMap(([name, value]) => {
      const found = solved(() => valueOf(value, names));
      return found === null ? [] : [[name, found] as const];
    }),
  );
}
