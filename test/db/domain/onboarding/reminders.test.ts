import assert from 'node:assert/strict';
import {
  abandonAfterMs,
  nextReminderAtMs,
  reminderAfterMs,
  withinWakingHours,
} from '../../../../db/domain/onboarding/reminders.ts';
import { hourMs } from '../../../../db/domain/time.ts';

/** "2026-03-29 09:00:00" as clocks on the wall show it there. */
function wall(atMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(atMs);
}

const at = (iso: string) => Date.parse(iso);

/** When it is due, and what the wall shows when it is sent; nights of clock changes among them. */
const cases: readonly [timeZone: string, due: string, sent: string, why: string][] = [
  ['Europe/Madrid', '2026-02-10T11:00:00Z', '2026-02-10 12:00:00', 'by day nothing waits'],
  ['Europe/Madrid', '2026-02-10T08:00:00Z', '2026-02-10 09:00:00', 'nine o’clock is day'],
  ['Europe/Madrid', '2026-02-10T07:59:59Z', '2026-02-10 09:00:00', 'a second before nine is night'],
  ['Europe/Madrid', '2026-02-10T18:59:59Z', '2026-02-10 19:59:59', 'a second before eight is day'],
  ['Europe/Madrid', '2026-02-10T19:00:00Z', '2026-02-11 09:00:00', 'eight o’clock is evening'],
  ['Europe/Madrid', '2026-12-31T23:30:00Z', '2027-01-01 09:00:00', 'over the turn of the year'],
  ['Europe/Madrid', '2026-03-28T22:00:00Z', '2026-03-29 09:00:00', 'the night loses an hour'],
  ['Europe/Madrid', '2026-03-29T01:30:00Z', '2026-03-29 09:00:00', 'after the lost hour'],
  ['Europe/Madrid', '2026-10-24T20:00:00Z', '2026-10-25 09:00:00', 'the night gains an hour'],
  ['Europe/Madrid', '2026-10-25T00:30:00Z', '2026-10-25 09:00:00', 'in the first of two equal hours'],
  ['Europe/Madrid', '2026-10-25T01:30:00Z', '2026-10-25 09:00:00', 'in the second of two equal hours'],
  ['America/New_York', '2026-03-08T04:15:20Z', '2026-03-08 09:00:00', 'the night loses an hour'],
  ['America/New_York', '2026-11-01T05:30:00Z', '2026-11-01 09:00:00', 'in the first of two equal hours'],
  ['America/New_York', '2026-11-01T06:30:00Z', '2026-11-01 09:00:00', 'in the second of two equal hours'],
  ['Asia/Kolkata', '2026-06-01T15:00:01Z', '2026-06-02 09:00:00', 'half past eight in the evening'],
  ['Asia/Kolkata', '2026-06-01T03:29:59Z', '2026-06-01 09:00:00', 'a second before nine, in UTC a half hour'],
  ['Asia/Kolkata', '2026-06-01T03:30:00Z', '2026-06-01 09:00:00', 'nine o’clock'],
  ['Asia/Kathmandu', '2026-06-01T16:00:00Z', '2026-06-02 09:00:00', 'a quarter of an hour off'],
  ['Australia/Lord_Howe', '2026-10-03T12:00:00Z', '2026-10-04 09:00:00', 'the night loses half an hour'],
  ['Australia/Lord_Howe', '2026-04-04T12:00:00Z', '2026-04-05 09:00:00', 'the night gains half an hour'],
  [
    'Australia/Lord_Howe',
    '2026-04-04T14:45:00Z',
    '2026-04-05 09:00:00',
    'in the first of two equal half hours',
  ],
  [
    'Australia/Lord_Howe',
    '2026-04-04T15:15:00Z',
    '2026-04-05 09:00:00',
    'in the second of two equal half hours',
  ],
  ['Pacific/Kiritimati', '2026-06-01T06:00:00Z', '2026-06-02 09:00:00', 'fourteen hours ahead'],
  ['UTC', '2026-06-01T00:00:00Z', '2026-06-01 09:00:00', 'midnight'],
];

describe('[ONB-4] the hours in which people are written to', () => {
  for (const [timeZone, due, sent, why] of cases) {
    it(`in ${timeZone}, due ${due}: ${why}`, () => {
      const atMs = withinWakingHours(at(due), timeZone);
      assert.equal(wall(atMs, timeZone), sent);
      assert.ok(atMs >= at(due));
    });
  }

  it('are kept at every quarter of an hour of a year, and nothing waits longer than a night', () => {
    for (const timeZone of [
      'Europe/Madrid',
      'America/New_York',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'America/St_Johns',
    ]) {
      const hours = new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', hourCycle: 'h23' });
      for (let due = at('2026-01-01T00:07:31.250Z'); due < at('2027-01-01T00:00:00Z'); due += hourMs * 0.75) {
        const sent = withinWakingHours(due, timeZone);
        const hour = Number(hours.format(sent));
        assert.ok(hour >= 9 && hour < 20, `${timeZone} ${new Date(due).toISOString()}`);
        assert.ok(sent >= due && sent - due <= 14 * hourMs, `${timeZone} ${new Date(due).toISOString()}`);
        // Either at once, or on the stroke of nine: the first moment of the day.
        if (sent !== due) assert.equal(sent % 1000, 0);
      }
    }
  });
});

describe('[ONB-4] reminders', () => {
  it('go out after a day, three days and seven, by day, and then no more', () => {
    const last = at('2026-03-27T21:30:00Z');
    const times = [0, 1, 2, 3].map((sent) => nextReminderAtMs(last, sent, 'Europe/Madrid'));
    assert.deepEqual(
      times.map((time) => time && wall(time, 'Europe/Madrid')),
      ['2026-03-29 09:00:00', '2026-03-31 09:00:00', '2026-04-04 09:00:00', null],
    );
  });

  it('are all over before the sign-up is closed', () => {
    const longest = Math.max(...reminderAfterMs) + 14 * hourMs;
    assert.ok(longest < abandonAfterMs);
  });
});
