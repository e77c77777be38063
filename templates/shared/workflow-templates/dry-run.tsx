import type { VNode } from 'preact';
import type { Definition } from '../../../db/domain/runs/templates/definition.ts';
import type { DryRun } from '../../../db/domain/runs/templates/dry-run.ts';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { type StepItem, StepList } from '../../ui/step-list.tsx';
import { Moment } from '../../ui/time.tsx';
import { templatesCopy } from './copy.ts';
import { type Mark, TemplateGraph } from './graph/graph.tsx';
import { ParameterFields } from './start.tsx';
import { effectWords } from './words.ts';

const copy = templatesCopy.dry;

export interface DryRunPageProps {
  frame: PageContext;
  template: { id: string; title: string };
  version: number;
  definition: Definition;
  /** What was simulated; null until then. */
  run: (DryRun & { faultText: string | null }) | null;
  form?: FormState | undefined;
}

/** So many steps are named; loops can take hundreds. */
const most = 120;

function titleOf(path: string, title: string): string {
  const rounds = [...path.matchAll(/\[(\d+)\]/g)].map(([, round]) => copy.round(Number(round) + 1));
  return [title, ...rounds].join(' · ');
}

function itemsOf({ taken, rows, effects }: DryRun): StepItem[] {
  const titles = new Map(rows.map(({ key, title }) => [key, title]));
  const byPath = new Map(effects.map((one) => [one.path, one]));
  return taken.slice(0, most).map(({ key, path, outcome }) => {
    const done = byPath.get(path);
    const words = done && effectWords(done.effect);
    const word =
      done?.effect.kind === 'wait' ? (
        <>
          {words} <Moment at={done.at} />
        </>
      ) : (
        words
      );
    return { title: titleOf(path, titles.get(key) ?? key), state: outcome, word };
  });
}

function Skipped({ run }: { run: DryRun }): VNode | null {
  const taken = new Set(run.taken.map(({ key }) => key));
  const left = run.rows.filter(({ key }) => !taken.has(key));
  if (left.length === 0) return null;
  return (
    <Card title={copy.skipped} note={run.fault ? undefined : copy.skippedNote}>
      <StepList
        label={copy.skipped}
        steps={left.map(({ title }) => ({ title, state: 'skipped', unnumbered: true, word: copy.skipped }))}
      />
    </Card>
  );
}

function Result(props: DryRunPageProps & { run: NonNullable<DryRunPageProps['run']> }): VNode {
  const { run, definition } = props;
  const taken = new Set(run.taken.map(({ key }) => key));
  const marks = new Map<string, Mark>(run.rows.map(({ key }) => [key, taken.has(key) ? 'taken' : 'left']));
  return (
    <>
      <Card
        title={copy.result}
        action={
          <StatusBadge kind="run" state={run.state} word={run.state === 'done' ? copy.done : copy.failed} />
        }
      >
        <KeyFacts
          facts={[
            { label: copy.from, value: <Moment at={run.startedAt} /> },
            { label: copy.to, value: <Moment at={run.endsAt} /> },
            { label: copy.taken, value: copy.count(run.taken.length) },
          ]}
        />
        {run.faultText ? <p class="bz-error">{run.faultText}</p> : null}
        {run.taken.length > 0 ? (
          <StepList label={copy.result} steps={itemsOf(run)} />
        ) : (
          <p class="bz-muted">{copy.none}</p>
        )}
        {run.taken.length > most ? <p class="bz-muted">{copy.more(run.taken.length - most)}</p> : null}
      </Card>
      <Skipped run={run} />
      <Card title={copy.graph}>
        <TemplateGraph title={copy.graph} definition={definition} marks={marks} />
      </Card>
    </>
  );
}

/** GET and POST /workflow-templates/:templateId/dry-run */
export function DryRunPage(props: DryRunPageProps): VNode {
  const { frame, template, version, definition, run, form } = props;
  const title = copy.title(template.title);
  return (
    <Shell frame={frame} title={title}>
      <PageHeader
        crumbs={[
          { title: templatesCopy.title, href: paths.workflowTemplates },
          { title: template.title, href: paths.workflowTemplate(template.id) },
        ]}
        title={title}
        purpose={`${copy.purpose} ${templatesCopy.shown(version)}`}
      />
      {run ? <Result {...props} run={run} /> : null}
      <div class="bz-narrow">
        <Form
          frame={frame}
          action={paths.workflowTemplateAction(template.id, 'dry-run')}
          {...(form && { state: form })}
          hidden={{ version: String(version) }}
          class="bz-panel"
        >
          {Object.keys(definition.parameters.properties).length === 0 ? (
            <p class="bz-muted">{templatesCopy.parameters.empty}</p>
          ) : (
            <ParameterFields parameters={definition.parameters} />
          )}
          <div class="bz-actions">
            <SubmitButton look="primary">{run ? copy.again : copy.submit}</SubmitButton>
            <a class="btn bz-quiet" href={paths.workflowTemplate(template.id)}>
              {templatesCopy.form.back}
            </a>
          </div>
        </Form>
      </div>
    </Shell>
  );
}
