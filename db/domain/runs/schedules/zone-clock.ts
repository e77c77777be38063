import { hourMs } from '../../time.ts';

/** A reading of a clock on a wall: milliseconds as `Date.UTC` of what it shows, without a zone. */
export type WallMs = number;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  const found =
    formats.get(timezone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  formats.set(timezone, found);
  return found;
}

function readWall(timezone: string, atMs: number): WallMs {
  const shown: Record<string, number> = {};
  for (const { type, value } of formatOf(timezone).formatToParts(atMs)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Clocks are changed at full quarters of an hour only. */
const quarterMs = hourMs / 4;
/** Offsets by zone and quarter, since formatting a date takes long. */
const offsets = new Map<string, number>();
const mostOffsets = 50_000;

/** What the clocks of a zone show at a moment. */
export function wallOf(timezone: string, atMs: number): WallMs {
  const quarter = Math.floor(atMs / quarterMs);
  const key = `${timezone} ${quarter}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = readWall(timezone, quarter * quarterMs) - quarter * quarterMs;
    if (offsets.size >= mostOffsets) offsets.clear();
    offsets.set(key, offset);
  }
  return atMs + offset;
}

/** No zone is further from UTC, and none changes its clocks twice within this time. */
const aroundMs = 26 * hourMs;

/**
 * The moments at which the clocks of a zone show this, the earliest first: one on most days, none in the hour that is
 * skipped in spring, two in the hour that comes twice in autumn.
 */
export function momentsOf(timezone: string, wall: WallMs): number[] {
  const around = [wall - aroundMs, wall + aroundMs].map((atMs) => wallOf(timezone, atMs) - atMs);
  const moments = [...new Set(around)].map((offset) => wall - offset);
  return moments.filter((atMs) => wallOf(timezone, atMs) === wall).sort((a, b) => a - b);
}

/** A change of the clocks: what they show just before it without the change, and from it on. */
interface ClockChange {
  atMs: number;
  before: WallMs;
  after: WallMs;
}

/** Zones change their clocks at most twice within this time, and not back within it. */
const strideMs = 20 * 24 * hourMs;
/** Further ahead no one plans. */
const mostStrides = 800;

/** Changes of the clocks of a zone between two moments. */
export function clockChanges(timezone: string, fromMs: number, toMs: number): ClockChange[] {
  const offsetAt = (atMs: number) => wallOf(timezone, atMs) - atMs;
  const changes: ClockChange[] = [];
  let atMs = fromMs;
  for (let stride = 0; atMs < toMs && stride < mostStrides; stride += 1) {
    const endMs = Math.min(atMs + strideMs, toMs);
    const old = offsetAt(atMs);
    if (offsetAt(endMs) !== old) {
      let [low, high] = [atMs, endMs];
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (offsetAt(middle) === old) low = middle;
        else high = middle;
      }
      changes.push({ atMs: high, before: high + old, after: wallOf(timezone, high) });
    }
    atMs = endMs;
  }
  return changes;
}
