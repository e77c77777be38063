import type { z } from 'zod';

/** Where a value can be set; each inherits from the one before it. */
export const settingLevels = ['platform', 'partner', 'tenant'] as const;
export type SettingLevel = (typeof settingLevels)[number];

/** One declared setting. A block adds its own in one line of `db/domain/<capability>/settings.ts`. */
export interface Setting<T = unknown> {
  key: string;
  title: string;
  /** One sentence for the person who decides. */
  help: string;
  /** Bounds belong here: what it refuses can't be saved. */
  schema: z.ZodType<T>;
  default: T;
  /** Where it can be set. */
  levels: readonly SettingLevel[];
  /** Stored and shown never in clear text; its value is the name of a sealed secret. */
  secret?: true;
  /** What holds where an outer and an inner level both say something; the inner value without it. */
  combine?(outer: T, inner: T): T;
}

export function defineSetting<T>(setting: Setting<T>): Setting<T> {
  return setting;
}

/** What is set for one setting, by level. */
export type SetValues = Readonly<Partial<Record<SettingLevel, unknown>>>;

/**
 * The value that holds: platform, then partner, then tenant. A stored value that the declaration no longer takes counts
 * as not set, so that tightening a bound never stops anyone from working.
 */
export function resolveSetting<T>(setting: Setting<T>, values: SetValues): T {
  let result = setting.default;
  let isSet = false;
  for (const level of settingLevels) {
    if (!setting.levels.includes(level)) continue;
    const parsed = setting.schema.safeParse(values[level]);
    if (values[level] === undefined || !parsed.success) continue;
    result = isSet && setting.combine ? setting.combine(result, parsed.data) : parsed.data;
    isSet = true;
  }
  return result;
}
