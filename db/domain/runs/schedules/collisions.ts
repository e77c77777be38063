import { groupBy } from '../../group-by.ts';
import { minutesOf } from './firings.ts';
import type { Timing } from './timing.ts';

/** So many starts of each schedule are compared. */
const compared = 50;

interface Scheduled {
  id: string;
  tenantId: string;
  process: string;
  paused: boolean;
  when: Timing;
}

/** Ids of schedules that start the same process for the same tenant in the same minute as another; paused ones don't. */
export function collisionsOf(schedules: readonly Scheduled[], nowMs: number): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const running = schedules.filter(({ paused }) => !paused);
  for (const [, group] of groupBy(running, ({ tenantId, process }) => `${tenantId} ${process}`)) {
    if (group.length < 2) continue;
    const minutes = group.map(({ when }) => new Set(minutesOf(when, nowMs, compared)));
    group.forEach(({ id }, index) => {
      const own = minutes[index] ?? new Set();
      const others = group.filter((other, at) => at !== index && sharesOne(own, minutes[at] ?? new Set()));
      if (others.length > 0)
        found.set(
          id,
          others.map((other) => other.id),
        );
    });
  }
  return found;
}

const sharesOne = (one: ReadonlySet<number>, other: ReadonlySet<number>): boolean =>
  [...one].some((minute) => other.has(minute));
