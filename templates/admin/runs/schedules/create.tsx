import type { VNode } from 'preact';
import type { PageContext } from '../../../page-context.ts';
import { Shell } from '../../../layout/shell.tsx';
import { paths } from '../../../paths.ts';
import { SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Form } from '../../../ui/form.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { ReasonInput } from '../../../ui/inputs.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import type { JsonSchema } from '../../../ui/schema-form.tsx';
import { InputFields, type PickedProps } from '../input-fields.tsx';
import { schedulesCopy } from './copy.ts';
import { PlannedTimes } from './planned-times.tsx';
import type { PlannedTime } from './schedule-types.ts';
import { SetupFields } from './setup-fields.tsx';

const copy = schedulesCopy;
const crumbs = [{ title: copy.title, href: paths.schedules }];

interface ChooseProps {
  frame: PageContext;
  processes: readonly { name: string; title: string; purpose: string }[];
}

/** GET /admin/schedules/new */
export function ChooseSchedulePage(props: ChooseProps): VNode {
  return (
    <Shell frame={props.frame} title={copy.chooseTitle}>
      <PageHeader crumbs={crumbs} title={copy.chooseTitle} purpose={copy.choosePurpose} />
      {props.processes.length > 0 ? (
        <DataTable
          caption={copy.chooseCaption}
          rows={props.processes}
          rowHref={({ name }) => paths.newScheduleOf(name)}
          columns={[
            { title: copy.process, render: ({ title }) => title },
            { title: copy.does, render: ({ purpose }) => purpose },
          ]}
        />
      ) : (
        <EmptyState icon="calendar-time" title={copy.chooseEmpty} text={copy.chooseEmptyText} />
      )}
    </Shell>
  );
}

/** What a form would do, before it is confirmed; `token` names exactly what was shown. */
export interface Preview {
  token: string;
  times: readonly PlannedTime[];
  timezone: string;
}

/** The next times of what was typed. */
export function PreviewCard(props: { preview: Preview }): VNode {
  const { times, timezone } = props.preview;
  return (
    <Card title={copy.form.previewTitle} note={copy.form.previewHelp} flush>
      <PlannedTimes times={times} timezone={timezone} caption={copy.form.previewTitle} />
    </Card>
  );
}

export interface NewSchedulePageProps extends PickedProps {
  frame: PageContext;
  process: { name: string; title: string; purpose: string; schema: JsonSchema };
  requestKey: string;
  preview?: Preview | undefined;
  form?: FormState | undefined;
}

/** GET and POST /admin/schedules/new/:name: the first POST previews, the second one creates. */
export function NewSchedulePage(props: NewSchedulePageProps): VNode {
  const { frame, process, preview } = props;
  return (
    <Shell frame={frame} title={`${copy.chooseTitle}: ${process.title}`}>
      <PageHeader
        crumbs={[...crumbs, { title: copy.chooseTitle, href: paths.newSchedule }]}
        title={process.title}
        purpose={process.purpose}
      />
      {preview ? <PreviewCard preview={preview} /> : null}
      <div class="bz-narrow">
        <Form
          frame={frame}
          action={paths.newScheduleOf(process.name)}
          {...(props.form && { state: props.form })}
          hidden={{ requestKey: props.requestKey, previewed: preview?.token }}
          class="bz-panel"
        >
          <InputFields schema={process.schema} choices={props.choices} chosen={props.chosen} />
          <SetupFields timezone={frame.viewer?.timezone ?? 'UTC'} />
          <ReasonInput />
          <div class="bz-actions">
            <SubmitButton look="primary">{preview ? copy.form.create : copy.form.preview}</SubmitButton>
            <a class="btn bz-quiet" href={paths.newSchedule}>
              {copy.form.back}
            </a>
          </div>
        </Form>
      </div>
    </Shell>
  );
}
