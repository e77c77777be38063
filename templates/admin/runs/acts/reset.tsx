import type { VNode } from 'preact';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths, withQuery } from '../../../paths.ts';
import { SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Form } from '../../../ui/form.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { ReasonInput } from '../../../ui/inputs.tsx';
import { KeyFacts } from '../../../ui/key-facts.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Time } from '../../../ui/time.tsx';
import { RefusedAct } from './refused.tsx';
import { resetCopy } from './reset-copy.ts';
import type { ResetPreview } from './reset-types.ts';

export interface ResetPageProps {
  frame: PageContext;
  run: { id: string; title: string };
  /** Steps the run has begun, oldest first. */
  points: readonly { step: string; title: string; at: string }[];
  /** Why it can't be reset at all; null where it can. */
  blocked: string | null;
  /** Of the chosen step. */
  preview: ResetPreview | null;
  requestKey: string;
  form?: FormState;
}

const listed = (titles: readonly string[]) => (titles.length > 0 ? titles.join(', ') : resetCopy.none);

/** What was done outside after the point: what a key protects, and what is done a second time. */
function Effects(props: { preview: ResetPreview }): VNode {
  const { effects, undeclared } = props.preview;
  const [again, once] = (['again', 'once'] as const).map((when) =>
    effects.filter(({ whenReset }) => whenReset === when),
  );
  return (
    <>
      {again && again.length + undeclared.length > 0 ? (
        <div class="bz-trouble">
          <p>{resetCopy.twice}</p>
          <ul>
            {again.map(({ kind, count }) => (
              <li>{resetCopy.effect(kind, count)}</li>
            ))}
            {undeclared.map((title) => (
              <li>{resetCopy.undeclared(title)}</li>
            ))}
          </ul>
        </div>
      ) : (
        <p>{resetCopy.nothingTwice}</p>
      )}
      {once && once.length > 0 ? (
        <>
          <p>{resetCopy.protected}</p>
          <ul>
            {once.map(({ kind, count }) => (
              <li>{resetCopy.effect(kind, count)}</li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

function Preview(props: ResetPageProps & { preview: ResetPreview }): VNode {
  const { frame, run, preview, requestKey, form } = props;
  const { messages, children, hasParent, isOpen, title } = preview;
  return (
    <Card title={resetCopy.previewTitle(title)}>
      <KeyFacts
        facts={[
          { label: resetCopy.again, value: listed(preview.again) },
          { label: resetCopy.kept, value: listed(preview.kept) },
          {
            label: resetCopy.messages,
            value: listed(messages.map((message) => resetCopy.message(message.title, message.count))),
          },
        ]}
      />
      <Effects preview={preview} />
      {children > 0 ? <p>{resetCopy.children(children)}</p> : null}
      {hasParent ? <p>{resetCopy.parent}</p> : null}
      <p>{isOpen ? resetCopy.open : resetCopy.ended}</p>
      <Form
        frame={frame}
        action={paths.runReset(run.id)}
        state={form}
        hidden={{ step: preview.step, requestKey }}
        label={resetCopy.submit(title)}
      >
        <ReasonInput />
        <div class="bz-actions">
          <SubmitButton look="danger">{resetCopy.submit(title)}</SubmitButton>
          <a class="btn bz-quiet" href={paths.run(run.id)}>
            {resetCopy.back}
          </a>
        </div>
      </Form>
    </Card>
  );
}

/** GET and POST /admin/workflows/:runId/reset?step=: step, reason, requestKey. */
export function ResetPage(props: ResetPageProps): VNode {
  const { frame, run, points, blocked, preview, form } = props;
  return (
    <Shell frame={frame} title={resetCopy.title}>
      <PageHeader
        crumbs={[
          { title: 'Workflows', href: paths.workflows },
          { title: run.title, href: paths.run(run.id) },
        ]}
        title={resetCopy.title}
        purpose={resetCopy.purpose}
      />
      {form && !preview ? <RefusedAct state={form} /> : null}
      {blocked !== null || points.length === 0 ? (
        <EmptyState icon="history" title={resetCopy.cannot} text={blocked ?? resetCopy.noSteps} />
      ) : (
        <DataTable
          caption={resetCopy.caption}
          rows={points}
          rowHref={({ step }) => withQuery(paths.runReset(run.id), { step })}
          columns={[
            {
              title: 'Step',
              render: ({ title, step }) =>
                step === preview?.step ? `${title} · ${resetCopy.chosen}` : title,
            },
            { title: 'Began', right: true, render: ({ at }) => <Time at={at} /> },
          ]}
        />
      )}
      {preview && blocked === null ? <Preview {...props} preview={preview} /> : null}
    </Shell>
  );
}
