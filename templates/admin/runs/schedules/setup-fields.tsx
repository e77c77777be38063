import type { VNode } from 'preact';
import { overlapPolicies, type ScheduleSetup } from '../../../../db/domain/runs/schedules/setup.ts';
import { intervalUnits, inUnits } from '../../../../db/domain/runs/schedules/timing.ts';
import { timezones } from '../../../shared/places.ts';
import { RadioCards } from '../../../ui/choices.tsx';
import { Select, TextInput } from '../../../ui/inputs.tsx';
import { schedulesCopy } from './copy.ts';

const copy = schedulesCopy.form;

/** What is to happen while a run is still open. */
export function OverlapField(props: { label: string; initial: string }): VNode {
  return (
    <Select
      name="overlap"
      label={props.label}
      initial={props.initial}
      options={overlapPolicies.map((value) => ({ value, label: schedulesCopy.overlaps[value] }))}
    />
  );
}

/** When a schedule starts runs, and how; filled with what it does now, or with what most do. */
export function SetupFields(props: { setup?: ScheduleSetup; timezone: string }): VNode {
  const { setup } = props;
  const when = setup?.when;
  const interval = when?.kind === 'interval' ? inUnits(when.everyS) : null;
  const timezone = when?.timezone ?? props.timezone;
  return (
    <>
      <RadioCards
        name="when.kind"
        label={copy.kind}
        initial={when?.kind ?? 'cron'}
        columns={2}
        options={[
          { value: 'cron', title: copy.kinds.cron, text: copy.kinds.cronHelp },
          { value: 'interval', title: copy.kinds.interval, text: copy.kinds.intervalHelp },
        ]}
      />
      <TextInput
        name="when.cron"
        label={copy.cron}
        help={copy.cronHelp}
        initial={when?.kind === 'cron' ? when.cron : '0 9 * * MON-FRI'}
        width="medium"
      />
      <TextInput
        name="when.every"
        label={copy.every}
        inputMode="numeric"
        initial={String(interval?.every ?? 30)}
        width="short"
      />
      <Select
        name="when.unit"
        label={copy.unit}
        initial={interval?.unit ?? 'minutes'}
        options={intervalUnits.map((value) => ({ value, label: copy.units[value] }))}
        width="short"
      />
      <Select
        name="when.timezone"
        label={copy.timezone}
        help={copy.timezoneHelp}
        initial={timezone}
        options={timezones.includes(timezone) ? timezones : [timezone, ...timezones]}
      />
      <OverlapField label={copy.overlap} initial={setup?.overlap ?? 'skip'} />
      <TextInput
        name="jitterS"
        label={copy.jitterS}
        help={copy.jitterHelp}
        inputMode="numeric"
        initial={String(setup?.jitterS ?? 0)}
        width="short"
      />
      <TextInput
        name="catchUpS"
        label={copy.catchUpS}
        help={copy.catchUpHelp}
        inputMode="numeric"
        initial={String(setup?.catchUpS ?? 600)}
        width="short"
      />
    </>
  );
}
