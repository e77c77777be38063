import type { VNode } from 'preact';
import { type RiskClass, risks } from '../../db/domain/mcp.ts';
import type { Frame } from '../layout/frame.ts';
import { Shell } from '../layout/shell.tsx';
import { SubmitButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { CodeBlock } from '../ui/code-block.tsx';
import { Form } from '../ui/form.tsx';
import type { FormState } from '../ui/form-state.tsx';
import { Textarea } from '../ui/inputs.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Moment } from '../ui/time.tsx';

/** How the last try stands. */
export type TryState =
  | { kind: 'done'; result: unknown }
  | { kind: 'waiting'; approvalId: string; expiresAt: string; arguments: unknown }
  | { kind: 'failed'; problem: string };

export interface TryToolPageProps {
  frame: Frame;
  server: { name: string; title: string };
  tool: { name: string; title: string; description: string; risk: RiskClass; schema: unknown };
  /** A complete call, as the tool declares it. */
  example: string;
  requestKey: string;
  state?: TryState;
  mayApprove: boolean;
  form?: FormState;
}

const cells = (value: unknown) =>
  value !== null && typeof value === 'object' ? JSON.stringify(value) : String((value ?? '') as string);

/** A list of alike things as a table; anything else as it came. */
function Result(props: { value: unknown }): VNode {
  const items = (props.value as { items?: unknown } | null)?.items;
  const rows = Array.isArray(items) ? (items as Record<string, unknown>[]) : [];
  const [first] = rows;
  if (!first || typeof first !== 'object') {
    return <CodeBlock label="Result" text={JSON.stringify(props.value, null, 2)} />;
  }
  const columns = Object.keys(first).slice(0, 6);
  return (
    <>
      <div class="bz-scroll" tabIndex={0} role="region" aria-label="Result">
        <table class="bz-table">
          <caption class="visually-hidden">Result</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th scope="col">{column.replaceAll('_', ' ')}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                {columns.map((column) => (
                  <td data-l={column}>{cells(row[column])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details>
        <summary>As it came</summary>
        <CodeBlock label="Result" text={JSON.stringify(props.value, null, 2)} />
      </details>
    </>
  );
}

function Waiting(props: TryToolPageProps & { state: Extract<TryState, { kind: 'waiting' }> }): VNode {
  const { frame, server, tool, state } = props;
  return (
    <Card title="A person has to agree to this" id="result">
      <p>
        {tool.title} in {server.title}, with exactly these values. {risks[tool.risk].sentence} The request
        ends <Moment at={state.expiresAt} />.
      </p>
      <CodeBlock label="What will be done" text={JSON.stringify(state.arguments, null, 2)} />
      {props.mayApprove ? (
        <Form
          frame={frame}
          action={`/app/approvals/${state.approvalId}`}
          idPrefix="decide"
          hidden={{ back: `/app/connections/${server.name}/tools/${tool.name}` }}
        >
          <Textarea
            name="reason"
            label="Reason"
            help="At least 10 characters. It is kept in the audit log with your name."
          />
          <div class="bz-actions">
            <SubmitButton look="primary" name="decision" value="approved">
              Agree and do it
            </SubmitButton>
            <SubmitButton name="decision" value="denied">
              Do not do it
            </SubmitButton>
          </div>
        </Form>
      ) : (
        <p>It waits under Approvals until an owner or admin of your team decides.</p>
      )}
    </Card>
  );
}

/** GET and POST /app/connections/:server/tools/:tool: `arguments` as JSON, requestKey. */
export function TryToolPage(props: TryToolPageProps): VNode {
  const { frame, server, tool, state } = props;
  return (
    <Shell frame={frame} title={tool.title}>
      <PageHeader
        crumbs={[
          { title: 'Connections', href: '/app/connections' },
          { title: server.title, href: `/app/connections/${server.name}` },
        ]}
        title={tool.title}
        purpose={tool.description}
      />
      {state?.kind === 'done' ? (
        <Card title="Result" id="result">
          <Result value={state.result} />
        </Card>
      ) : null}
      {state?.kind === 'failed' ? (
        <Notice tone="attention" icon="alert-triangle">
          {state.problem}
        </Notice>
      ) : null}
      {state?.kind === 'waiting' ? <Waiting {...props} state={state} /> : null}
      <div class="bz-narrow">
        <Form
          frame={frame}
          action={`/app/connections/${server.name}/tools/${tool.name}`}
          state={props.form}
          hidden={{ requestKey: props.requestKey }}
          class="bz-panel"
          idPrefix="try"
        >
          <Textarea
            name="arguments"
            label="Values"
            rows={12}
            initial={props.example}
            help="As JSON. What you see is the example that belongs to this tool."
          />
          <p class="bz-next">
            {risks[tool.risk].sentence}{' '}
            {risks[tool.risk].needsApproval
              ? 'It is shown to you once more before anything happens.'
              : `It is done in ${server.title} at once, for real.`}
          </p>
          <div class="bz-actions">
            <SubmitButton look="primary" icon="player-play">
              Try it
            </SubmitButton>
            <a class="btn bz-quiet" href={`/app/connections/${server.name}`}>
              Back
            </a>
          </div>
        </Form>
        <details>
          <summary>What the values may be</summary>
          <CodeBlock label="Schema of the values" text={JSON.stringify(tool.schema, null, 2)} />
        </details>
      </div>
    </Shell>
  );
}
