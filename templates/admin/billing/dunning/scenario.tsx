import type { VNode } from 'preact';
import type { DoneStep } from '../../../../db/domain/billing/dunning/state.ts';
import type { AccessLevel } from '../../../../db/domain/billing/subscriptions.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Card } from '../../../ui/card.tsx';
import { countText } from '../../../ui/format.ts';
import { Day, Moment } from '../../../ui/time.tsx';
import {
  accessTexts,
  dunningCopy as copy,
  kindTexts,
  mailTexts,
  reasonTexts,
  scenarioTitle,
} from './copy.ts';

/** A step as shown: planned or done. */
export type ShownStep = Omit<DoneStep, 'doneMs'> & { access?: AccessLevel };

export interface ScenarioProps {
  key: string;
  worksOnTry: number | null;
  steps: readonly ShownStep[];
}

const width = 100;
const tones = { full: 'done', restricted: 'waiting', suspended: 'failed' } as const;

/** Access as bars over time, tries above them and mails below; drawn by attributes, since styles are not allowed. */
function Picture({
  startMs,
  endMs,
  access,
  steps,
  title,
}: Span & { steps: readonly ShownStep[]; title: string }): VNode {
  const x = (atMs: number) => ((atMs - startMs) / Math.max(1, endMs - startMs)) * (width - 1);
  const turns = steps.filter((step, index) => step.access !== (steps[index - 1]?.access ?? access));
  const bars = [{ atMs: startMs, access }, ...turns].map((turn, index, all) => ({
    from: x(turn.atMs),
    to: x(all[index + 1]?.atMs ?? endMs),
    tone: tones[turn.access ?? 'full'],
  }));
  const tick = (step: ShownStep, y: number, tone: string) => (
    <rect class={`bz-fill-${tone}`} x={x(step.atMs).toFixed(2)} y={y} width="0.7" height="4" />
  );
  return (
    <svg
      class="bz-dunning-line"
      viewBox={`0 0 ${width} 16`}
      preserveAspectRatio="none"
      role="img"
      aria-label={copy.timelineLabel(title)}
    >
      {bars.map(({ from, to, tone }) => (
        <rect
          class={`bz-fill-${tone}`}
          x={from.toFixed(2)}
          y="6"
          width={Math.max(0.2, to - from).toFixed(2)}
          height="4"
        />
      ))}
      {steps
        .filter(({ kind }) => kind === 'retry')
        .map((step) =>
          tick(step, 1, step.result && 'paid' in step.result && step.result.paid ? 'done' : 'failed'),
        )}
      {steps.filter(({ kind }) => kind === 'mail').map((step) => tick(step, 11, 'running'))}
    </svg>
  );
}

function stepText({ kind, mail, attempt, reason }: ShownStep): string {
  const what = mail ? `${kindTexts.mail}: ${mailTexts[mail]}` : kindTexts[kind];
  const which = attempt === undefined ? what : `${what} (${copy.attempt(attempt).toLowerCase()})`;
  return reason ? `${which}, ${copy.because(reasonTexts[reason])}` : which;
}

function resultText({ result }: ShownStep): string {
  if (!result) return '';
  if ('unreachable' in result) return copy.unreachable;
  return result.paid ? copy.paid : copy.refused;
}

/** Steps as a table, planned or done. */
export function StepsTable({ caption, steps }: { caption: string; steps: readonly ShownStep[] }): VNode {
  const hasAccess = steps.some(({ access }) => access);
  return (
    <DataTable
      caption={caption}
      rows={steps}
      columns={[
        {
          title: copy.table.at,
          whole: true,
          render: ({ atMs }) => <Moment at={new Date(atMs).toISOString()} />,
        },
        { title: copy.table.step, render: stepText },
        { title: copy.table.result, render: (step) => resultText(step) || '–' },
        ...(hasAccess
          ? [{ title: copy.table.access, render: ({ access }: ShownStep) => accessTexts[access ?? 'full'] }]
          : []),
      ]}
    />
  );
}

interface Span {
  startMs: number;
  endMs: number;
  /** The access it begins with. */
  access: AccessLevel;
}

function Scenario({ scenario, span, open }: { scenario: ScenarioProps; span: Span; open: boolean }): VNode {
  const title = scenarioTitle(scenario.worksOnTry);
  const { steps } = scenario;
  return (
    <Card title={title}>
      <Picture {...{ ...span, steps, title }} />
      <p class="bz-dunning-ends bz-muted">
        <Day at={new Date(span.startMs).toISOString()} /> <Day at={new Date(span.endMs).toISOString()} />
      </p>
      <details open={open}>
        <summary>{countText(steps.length, 'step', 'steps')}</summary>
        <StepsTable caption={title} steps={steps} />
      </details>
    </Card>
  );
}

/** Every scenario as a picture and a table, all over the same time; the one in which nothing changes first. */
export function Scenarios({
  scenarios,
  startMs,
  access = 'full',
}: {
  scenarios: readonly ScenarioProps[];
  startMs: number;
  access?: AccessLevel;
}): VNode {
  const endMs = Math.max(startMs, ...scenarios.map(({ steps }) => steps.at(-1)?.atMs ?? startMs));
  return (
    <>
      <p class="bz-muted">{copy.legend}</p>
      {scenarios.map((scenario, index) => (
        <Scenario scenario={scenario} span={{ startMs, endMs, access }} open={index === 0} />
      ))}
    </>
  );
}
