import type { ComponentChildren, VNode } from 'preact';
import type { ScheduleSetup } from '../../../../db/domain/runs/schedules/setup.ts';
import type { PageContext } from '../../../page-context.ts';
import { Shell } from '../../../layout/shell.tsx';
import { paths } from '../../../paths.ts';
import { SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { durationText } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { ReasonInput, TextInput } from '../../../ui/inputs.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Moment } from '../../../ui/time.tsx';
import { schedulesCopy } from './copy.ts';
import { type Preview, PreviewCard } from './create.tsx';
import { OverlapField, SetupFields } from './setup-fields.tsx';
import { whenText } from './when-text.ts';

const copy = schedulesCopy.form;

/** The schedule that a form is about. */
interface Named {
  id: string;
  /** Its process, and what it is about. */
  title: string;
  setup: ScheduleSetup;
}

const crumbsOf = ({ id, title }: Named) => [
  { title: schedulesCopy.title, href: paths.schedules },
  { title, href: paths.schedule(id) },
];

const words = ({ when, overlap, jitterS, catchUpS }: ScheduleSetup): [string, string][] => [
  [schedulesCopy.when, when.kind === 'cron' ? `${whenText(when)} (${when.cron})` : whenText(when)],
  [schedulesCopy.page.timezone, when.timezone],
  [schedulesCopy.page.overlap, schedulesCopy.overlaps[overlap]],
  [
    schedulesCopy.page.jitter,
    jitterS > 0 ? schedulesCopy.page.jitterOf(jitterS) : schedulesCopy.page.noJitter,
  ],
  [schedulesCopy.page.catchUp, schedulesCopy.page.catchUpOf(durationText(catchUpS * 1_000))],
];

/** What is different, setting by setting. */
function Diff(props: { before: ScheduleSetup; after: ScheduleSetup }): VNode {
  const after = words(props.after);
  const rows = words(props.before).flatMap(([field, before], index) => {
    const changed = after[index]?.[1] ?? '';
    return before === changed ? [] : [{ field, before, after: changed }];
  });
  return (
    <Card title={copy.diffTitle} flush={rows.length > 0}>
      {rows.length === 0 ? (
        <p class="bz-muted">{copy.diffNone}</p>
      ) : (
        <DataTable
          caption={copy.diffTitle}
          rows={rows}
          columns={[
            { title: copy.field, render: ({ field }) => field },
            { title: copy.before, render: ({ before }) => before },
            { title: copy.after, render: (row) => <strong>{row.after}</strong> },
          ]}
        />
      )}
    </Card>
  );
}

/** A form that is sent twice: the first time shows what would happen, the second time does exactly that. */
function PreviewedForm(props: {
  frame: PageContext;
  schedule: Named;
  action: 'change' | 'backfill';
  requestKey: string;
  preview?: { token: string } | undefined;
  form?: FormState | undefined;
  /** Of the second time. */
  submit: string;
  children: ComponentChildren;
}): VNode {
  const { schedule, preview } = props;
  return (
    <div class="bz-narrow">
      <Form
        frame={props.frame}
        action={paths.scheduleAction(schedule.id, props.action)}
        {...(props.form && { state: props.form })}
        hidden={{ requestKey: props.requestKey, previewed: preview?.token }}
        class="bz-panel"
      >
        {props.children}
        <ReasonInput />
        <div class="bz-actions">
          <SubmitButton look="primary">{preview ? props.submit : copy.preview}</SubmitButton>
          <a class="btn bz-quiet" href={paths.schedule(schedule.id)}>
            {copy.back}
          </a>
        </div>
      </Form>
    </div>
  );
}

export interface ChangeSchedulePageProps {
  frame: PageContext;
  schedule: Named;
  requestKey: string;
  preview?: (Preview & { setup: ScheduleSetup }) | undefined;
  form?: FormState | undefined;
}

/** GET and POST /admin/schedules/:scheduleId/change: the first POST shows the difference, the second one saves. */
export function ChangeSchedulePage(props: ChangeSchedulePageProps): VNode {
  const { frame, schedule, preview } = props;
  return (
    <Shell frame={frame} title={copy.changeTitle}>
      <PageHeader crumbs={crumbsOf(schedule)} title={copy.changeTitle} purpose={copy.changePurpose} />
      {preview ? (
        <>
          <Diff before={schedule.setup} after={preview.setup} />
          <PreviewCard preview={preview} />
        </>
      ) : null}
      <PreviewedForm {...props} action="change" submit={copy.save}>
        <SetupFields setup={schedule.setup} timezone="UTC" />
      </PreviewedForm>
    </Shell>
  );
}

export interface BackfillPageProps {
  frame: PageContext;
  schedule: Named;
  requestKey: string;
  /** ISO times of the runs that would start. */
  preview?: { token: string; times: readonly string[] } | undefined;
  form?: FormState | undefined;
}

/** So many times are named; of the rest only the number. */
const named = 10;

function BackfillPreview({ times }: { times: readonly string[] }): VNode {
  return (
    <Card title={schedulesCopy.backfill.previewTitle(times.length)} note={schedulesCopy.backfill.previewHelp}>
      <ul>
        {times.slice(0, named).map((at) => (
          <li>
            <Moment at={at} />
          </li>
        ))}
        {times.length > named ? <li>{schedulesCopy.backfill.more(times.length - named)}</li> : null}
      </ul>
    </Card>
  );
}

/** GET and POST /admin/schedules/:scheduleId/backfill: the first POST counts the runs, the second one starts them. */
export function BackfillPage(props: BackfillPageProps): VNode {
  const { frame, schedule, preview } = props;
  const { backfill } = schedulesCopy;
  return (
    <Shell frame={frame} title={backfill.title}>
      <PageHeader crumbs={crumbsOf(schedule)} title={backfill.title} purpose={backfill.purpose} />
      {preview ? <BackfillPreview times={preview.times} /> : null}
      <PreviewedForm {...props} action="backfill" submit={backfill.submit}>
        <TextInput name="from" label={backfill.from} help={backfill.help} width="medium" />
        <TextInput name="to" label={backfill.to} width="medium" />
        <OverlapField label={backfill.overlap} initial="bufferAll" />
      </PreviewedForm>
    </Shell>
  );
}
