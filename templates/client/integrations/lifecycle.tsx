import type { Lifecycle } from '../../../db/domain/integrations/lifecycle.ts';
import { calendarDayText, dayText } from '../../ui/format.ts';
import type { Locale } from '../../ui/locale.tsx';
import type { StateOf } from '../../ui/status.ts';
import { lifecycleCopy } from './marketplace-copy.ts';

/**
 * What a tenant has to know about a server beside its connection, in words; null while there is nothing to say. `title`
 * names the server where nothing else does.
 */
export function lifecycleText(
  lifecycle: Lifecycle,
  connected: boolean,
  locale: Locale,
  title?: string,
): string | null {
  const text = wordsOf(lifecycle, connected, locale);
  return text && (title === undefined ? text : lifecycleCopy.named(title, text));
}

function wordsOf(lifecycle: Lifecycle, connected: boolean, locale: Locale): string | null {
  switch (lifecycle.kind) {
    case 'on':
      return null;
    case 'turnedOff':
      return lifecycleCopy.turnedOff(lifecycle.since && dayText(lifecycle.since, locale), connected);
    case 'ending':
      return lifecycleCopy.ends(calendarDayText(lifecycle.lastDay, locale), lifecycle.successor);
    case 'ended':
      return lifecycleCopy.ended(
        lifecycle.lastDay && calendarDayText(lifecycle.lastDay, locale),
        lifecycle.successor,
      );
  }
}

/** The state to show: a server that is off cannot be used, whatever its connection says. */
export function shownState(lifecycle: Lifecycle, state: StateOf<'connection'>): StateOf<'connection'> {
  if (lifecycle.kind === 'turnedOff') return 'turnedOff';
  return lifecycle.kind === 'ended' ? 'ended' : state;
}

/** Whether it can be connected, or used where it is connected. */
export const isUsable = ({ kind }: Lifecycle): boolean => kind === 'on' || kind === 'ending';
