import type { VNode } from 'preact';
import { durationText } from '../../ui/format.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Moment, Time } from '../../ui/time.tsx';
import { noteText } from './copy.ts';
import type { RunStep } from './run-types.ts';

/** Of a step that did not go through: cause, next try, who to ask, and every failed try. */
function Trouble(props: { step: RunStep }): VNode | null {
  const { step } = props;
  const failed = step.attempts.filter((attempt) => attempt.error);
  if (!step.cause && failed.length === 0) return null;
  return (
    <div class="bz-trouble">
      {step.cause ? <p>{step.cause}</p> : null}
      {step.nextTryAt ? (
        <p>
          Next try <Time at={step.nextTryAt} /> (<Moment at={step.nextTryAt} />
          ).
        </p>
      ) : null}
      {step.askWho ? <p>Who can help: {step.askWho}.</p> : null}
      {failed.length > 0 ? (
        <details>
          <summary>{failed.length === 1 ? 'The failed try' : `The ${failed.length} failed tries`}</summary>
          <ul>
            {failed.map((attempt) => (
              <li>
                Try {attempt.number}, <Moment at={attempt.startedAt} />: {attempt.error}
              </li>
            ))}
          </ul>
          {step.code ? (
            <p>
              Code <code>{step.code}</code>
            </p>
          ) : null}
        </details>
      ) : null}
    </div>
  );
}

/** Waiting for a person is no try. */
const triesOf = (step: RunStep) => step.attempts.filter(({ state }) => state !== 'waiting').length;

const columns: readonly Column<RunStep>[] = [
  {
    title: 'Step',
    render: (step) => (
      <>
        <strong>{step.title}</strong>
        {step.note ? <p class="bz-muted">{noteText(step.note)}</p> : null}
        <Trouble step={step} />
      </>
    ),
  },
  { title: 'State', render: (step) => <StatusBadge kind="step" state={step.state} word={step.word} /> },
  {
    title: 'Started',
    phone: 'label',
    render: (step) =>
      step.startedAt ? <Moment at={step.startedAt} /> : <span class="bz-muted">Not yet</span>,
  },
  {
    title: 'Took',
    right: true,
    phone: 'label',
    render: (step) =>
      step.startedAt && step.endedAt
        ? durationText(Date.parse(step.endedAt) - Date.parse(step.startedAt))
        : '–',
  },
  { title: 'Tries', right: true, phone: 'label', render: (step) => triesOf(step) || '–' },
];

/** The steps tab. */
export function RunStepsPanel(props: { steps: readonly RunStep[] }): VNode {
  return <DataTable caption="Steps in detail" columns={columns} rows={props.steps} />;
}
