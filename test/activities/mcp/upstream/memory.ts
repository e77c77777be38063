import { isDeepStrictEqual } from 'node:util';
import {
  type Answer,
  type Contract,
  type Effect,
  type Memory,
  type Operation,
  type Recorded,
  reply,
  writes,
} from './contract.ts';

/** The vendor's memory: what was done, and which writes are the same one. */
export interface Effects extends Memory {
  perform(operation: Operation, request: Recorded): Answer;
  forget(): void;
}

const reused = reply(409, { message: 'This idempotency key was used for another request.' });

export function createEffects({ errors }: Contract): Effects {
  const done: Effect[] = [];
  const byKey = new Map<string, Effect>();
  const alike = new Set<string>();
  let last = 0;

  const memory: Memory = {
    effects: (operation) =>
      done.filter((effect) => operation === undefined || effect.operation === operation),
    number: () => (last += 1),
  };

  function act(operation: Operation, request: Recorded): Answer {
    return typeof operation.answer === 'function' ? operation.answer(request, memory) : operation.answer;
  }

  return {
    ...memory,
    perform(operation, request) {
      if (!writes(operation)) return act(operation, request);
      const { key } = request;
      const before = key === null ? undefined : byKey.get(key);
      if (before)
        return sameRequest(before.request, request) ? before.answer : (errors.keyReused?.() ?? reused);
      const answer = act(operation, request);
      if (answer.status >= 400 || answer.refused) return answer;
      const effect: Effect = { operation: operation.id, key, request, answer };
      if (key !== null) byKey.set(key, effect);
      const likeness = operation.sameWhen && `${operation.id} ${operation.sameWhen(request)}`;
      if (likeness === undefined || !alike.has(likeness)) done.push(effect);
      if (likeness !== undefined) alike.add(likeness);
      return answer;
    },
    forget() {
      done.length = 0;
      byKey.clear();
      alike.clear();
    },
  };
}

function sameRequest(one: Recorded, other: Recorded): boolean {
  return one.method === other.method && one.path === other.path && isDeepStrictEqual(one.body, other.body);
}
