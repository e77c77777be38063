import type { VNode } from 'preact';
import { Card } from '../../ui/card.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { durationText } from '../../ui/format.ts';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Moment, Second, Time } from '../../ui/time.tsx';
import { noteText, stepCopy } from './copy.ts';
import type { RunAttempt, RunStep } from './run-types.ts';

const tookOf = ({ startedAt, endedAt }: { startedAt: string | null; endedAt: string | null }) =>
  startedAt && endedAt ? durationText(Date.parse(endedAt) - Date.parse(startedAt)) : '–';

/** Why the step did not succeed, when it is retried, and who can help. */
function Trouble(props: { step: RunStep }): VNode | null {
  const { askWho, cause, code, nextTryAt } = props.step;
  if (!cause) return null;
  return (
    <div class="bz-trouble">
      <p>{cause}</p>
      {nextTryAt ? (
        <p>
          {stepCopy.nextTry} <Time at={nextTryAt} /> (<Moment at={nextTryAt} />
          ).
        </p>
      ) : null}
      {askWho ? <p>{stepCopy.askWho(askWho)}</p> : null}
      {code ? (
        <p class="bz-muted">
          {stepCopy.code} <code>{code}</code>
        </p>
      ) : null}
    </div>
  );
}

function Attempts(props: { attempts: readonly RunAttempt[] }): VNode | null {
  if (props.attempts.length === 0) return null;
  return (
    <DataTable
      caption={stepCopy.attempts}
      rows={props.attempts}
      columns={[
        { title: 'Attempt', render: ({ number }) => `Attempt ${number}` },
        { title: 'Result', render: ({ state }) => <StatusBadge kind="step" state={state} /> },
        { title: 'Started', phone: 'label', render: ({ startedAt }) => <Second at={startedAt} /> },
        { title: 'Duration', right: true, phone: 'label', render: tookOf },
        { title: 'Error', phone: 'label', render: ({ error }) => error ?? '' },
      ]}
    />
  );
}

/** The chosen step: state, attempts, error, and what went in and came out of its work. */
export function RunStepPanel(props: { step: RunStep | undefined }): VNode {
  const { step } = props;
  if (!step) return <p class="bz-muted">{stepCopy.none}</p>;
  return (
    <Card title={step.title} class="bz-step-detail">
      <KeyFacts
        facts={[
          { label: 'State', value: <StatusBadge kind="step" state={step.state} word={step.word} /> },
          { label: 'Started', value: step.startedAt ? <Moment at={step.startedAt} /> : stepCopy.notYet },
          { label: 'Duration', value: tookOf(step) },
          { label: 'Attempts', value: step.attempts.length || '–' },
        ]}
      />
      {step.note ? <p>{noteText(step.note)}</p> : null}
      <Trouble step={step} />
      <Attempts attempts={step.attempts} />
      {(step.data ?? []).map(({ title, json }) => (
        <CodeBlock label={title} text={json} />
      ))}
    </Card>
  );
}
