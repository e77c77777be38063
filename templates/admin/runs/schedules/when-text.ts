import { inUnits, type Timing } from '../../../../db/domain/runs/schedules/timing.ts';
import { plainCount } from '../../../../db/domain/plural.ts';

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

const two = (value: string) => value.padStart(2, '0');
const isNumber = (field: string) => /^\d+$/.test(field);

/** "Monday to Friday", "Sunday"; null for what isn't one day or one range of them. */
function daysText(field: string): string | null {
  const indexOf = (day: string) =>
    isNumber(day)
      ? Number(day) % 7
      : dayNames.findIndex((name) => name.slice(0, 3).toUpperCase() === day.toUpperCase());
  const [from, to, more] = field.split('-').map((day) => dayNames[indexOf(day)]);
  if (!from || more !== undefined || /[*,/]/.test(field)) return null;
  return to ? `${from} to ${to}` : `Every ${from}`;
}

function dailyText([minute = '', hour = '', day = '', month = '', weekday = '']: string[]): string | null {
  if (!isNumber(minute) || !isNumber(hour) || month !== '*') return null;
  const at = `at ${two(hour)}:${two(minute)}`;
  if (day === '*' && weekday === '*') return `Every day ${at}`;
  if (day === '*') return daysText(weekday) && `${daysText(weekday) ?? ''} ${at}`;
  return isNumber(day) ? `On day ${day} of every month ${at}` : null;
}

function hourlyText([minute = '', ...rest]: string[]): string | null {
  if (rest.some((field) => field !== '*')) return null;
  const [, every] = /^\*\/(\d+)$/.exec(minute) ?? [];
  if (every && 60 % Number(every) === 0) return `Every ${plainCount(Number(every), 'minute', 'minutes')}`;
  if (minute === '*') return 'Every minute';
  return isNumber(minute) ? `Every hour, ${plainCount(Number(minute), 'minute', 'minutes')} past` : null;
}

/** "Every day at 09:00", "Every 2 hours": when a schedule starts runs; an unusual expression as it is. */
export function whenText(when: Timing): string {
  if (when.kind === 'interval') {
    const { every, unit } = inUnits(when.everyS);
    return every === 1 ? `Every ${unit.slice(0, -1)}` : `Every ${every} ${unit}`;
  }
  const fields = when.cron.split(' ');
  return dailyText(fields) ?? hourlyText(fields) ?? `Cron ${when.cron}`;
}
