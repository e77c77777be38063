import { AppError } from '../domain/errors.ts';

/** Whose turn it is: lines take turns, one each; those that go `first` are served before all others. */
export interface Turn {
  line: string;
  first: boolean;
}

interface Waiting {
  start: () => void;
  refuse: (why: AppError) => void;
}

/**
 * Runs work `atOnce` at a time, and lets at most `mostWaiting` others wait. The lines take turns, so that who sends much
 * waits for it alone. Beyond the bound the longest line loses its last one. Throws `session.busy` for what can't wait.
 */
export function fairQueue({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }) {
  // The order of a map's keys is the order of turns.
  const [firsts, others] = [new Map<string, Waiting[]>(), new Map<string, Waiting[]>()];
  let running = 0;
  let waiting = 0;

  function startNext(): void {
    const lines = firsts.size > 0 ? firsts : others;
    const [turn] = lines;
    if (!turn) return;
    const [line, [next, ...rest]] = turn;
    lines.delete(line);
    if (rest.length > 0) lines.set(line, rest);
    waiting -= 1;
    next?.start();
  }

  /** Makes room for one more in a line of this length; false where no other line is longer. */
  function makeRoom(isFirst: boolean, length: number): boolean {
    for (const lines of isFirst ? [others, firsts] : [others]) {
      const [longest] = [...lines].sort(([, a], [, b]) => b.length - a.length);
      const isWorthLess = isFirst && lines === others;
      if (!longest || (longest[1].length <= length + 1 && !isWorthLess)) continue;
      longest[1].pop()?.refuse(new AppError('session.busy'));
      if (longest[1].length === 0) lines.delete(longest[0]);
      waiting -= 1;
      return true;
    }
    return false;
  }

  return async <T>({ line, first }: Turn, work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      const lines = first ? firsts : others;
      if (waiting >= mostWaiting && !makeRoom(first, lines.get(line)?.length ?? 0))
        throw new AppError('session.busy');
      await new Promise<void>((start, refuse) => {
        const own = lines.get(line) ?? [];
        own.push({ start, refuse });
        lines.set(line, own);
        waiting += 1;
      });
    } else running += 1;
    try {
      return await work();
    } finally {
      // The place passes on to the next one, so that no newcomer takes it in between.
      if (waiting > 0) startNext();
      else running -= 1;
    }
  };
}
