import type { VNode } from 'preact';
import { useLocale } from './locale.tsx';
import { calendarDayText, dayText, durationText, momentText, relativeText, secondText } from './format.ts';

/** A moment: "3 h ago", with the exact time in the viewer's timezone on hover. */
export function Time(props: { at: string }): VNode {
  const locale = useLocale();
  return (
    <time dateTime={props.at} title={momentText(props.at, locale)}>
      {relativeText(props.at, locale)}
    </time>
  );
}

/** How long something has lasted: "2 d 3 h", with the moment it began on hover. */
export function Duration(props: { since: string }): VNode {
  const locale = useLocale();
  return (
    <time dateTime={props.since} title={momentText(props.since, locale)}>
      {durationText(locale.nowMs - Date.parse(props.since))}
    </time>
  );
}

/** The same, written out: "22 Nov 2026, 15:04 CET". */
export function Moment(props: { at: string }): VNode {
  return <time dateTime={props.at}>{momentText(props.at, useLocale())}</time>;
}

/** The same to the second, for logs. */
export function Second(props: { at: string }): VNode {
  return <time dateTime={props.at}>{secondText(props.at, useLocale())}</time>;
}

/** A day of the calendar (YYYY-MM-DD), the same in every timezone: "22 Nov 2026". */
export function CalendarDay(props: { day: string }): VNode {
  return <time dateTime={props.day}>{calendarDayText(props.day, useLocale())}</time>;
}

/** A day: "22 Nov 2026". */
export function Day(props: { at: string }): VNode {
  return <time dateTime={props.at}>{dayText(props.at, useLocale())}</time>;
}
