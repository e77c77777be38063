import type { VNode } from 'preact';
import { type RiskClass, risks } from '../../../db/domain/integrations/servers.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { ReasonInput, Textarea } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import { pollEvery } from '../../ui/live.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { type JsonSchema, SchemaForm } from '../../ui/schema-form.tsx';
import { Moment } from '../../ui/time.tsx';
import { Values } from '../../ui/values.tsx';

/** How the last try stands. */
export type TryState =
  | { kind: 'done'; result: unknown }
  | { kind: 'running'; callId: string }
  | { kind: 'waiting'; approvalId: string; expiresAt: string; arguments: unknown }
  | { kind: 'failed'; problem: string };

export interface TryToolPageProps {
  frame: PageContext;
  server: { name: string; title: string };
  tool: { name: string; title: string; description: string; risk: RiskClass; schema: JsonSchema };
  /** Field by field, or all values as one text. */
  as: 'fields' | 'json';
  /** Whether fields can be made for all values. */
  fits: boolean;
  /** The name under which the fields stand. */
  fieldsName: string;
  requestKey: string;
  state?: TryState;
  mayApprove: boolean;
  /** At first the tool's example. */
  form: FormState;
}

const pathOf = ({ server, tool }: TryToolPageProps) => `/app/connections/${server.name}/tools/${tool.name}`;

function Result(props: { value: unknown }): VNode {
  return (
    <Card title="Result" id="result">
      <Values label="Result" value={props.value} />
      <details class="bz-more">
        <summary>As it came</summary>
        <CodeBlock label="Result as JSON" text={JSON.stringify(props.value, null, 2)} />
      </details>
    </Card>
  );
}

function Running(props: { href: string }): VNode {
  return (
    <div id="result" {...pollEvery('2s', props.href, 'result')}>
      <Notice tone="running" icon="info-circle">
        It is being done and takes a little longer. It goes on when you leave this page.
      </Notice>
      <LinkButton href={`${props.href}#result`}>Look again</LinkButton>
    </div>
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
      <Values label="What will be done" value={state.arguments} />
      {props.mayApprove ? (
        <Form
          frame={frame}
          action={`/app/approvals/${state.approvalId}`}
          idPrefix="decide"
          hidden={{ back: pathOf(props) }}
        >
          <ReasonInput />
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

function Standing(props: TryToolPageProps & { state: TryState }): VNode {
  const { state } = props;
  switch (state.kind) {
    case 'done':
      return <Result value={state.result} />;
    case 'running':
      return <Running href={`${pathOf(props)}?call=${state.callId}`} />;
    case 'waiting':
      return <Waiting {...props} state={state} />;
    case 'failed':
      return (
        <div id="result">
          <Notice tone="attention" icon="alert-triangle">
            {state.problem}
          </Notice>
        </div>
      );
  }
}

function Asked(props: TryToolPageProps): VNode {
  const { as, tool } = props;
  if (as === 'json') {
    return (
      <Textarea
        name="arguments"
        label="Values"
        rows={12}
        help="As JSON. At first it is the example that belongs to this tool."
      />
    );
  }
  if (Object.keys(tool.schema.properties ?? {}).length === 0) return <p>This needs no values.</p>;
  return <SchemaForm schema={tool.schema} path={props.fieldsName} />;
}

function TryForm(props: TryToolPageProps): VNode {
  const { server, tool, as, fits } = props;
  const other = as === 'json' ? 'fields' : 'json';
  return (
    <Form
      frame={props.frame}
      action={pathOf(props)}
      state={props.form}
      hidden={{ requestKey: props.requestKey, as }}
      class="bz-panel"
      idPrefix="try"
      label={tool.title}
    >
      <Asked {...props} />
      <p class="bz-next">
        {risks[tool.risk].sentence}{' '}
        {risks[tool.risk].needsApproval
          ? 'It is shown to you once more before anything happens.'
          : tool.risk === 'read'
            ? ''
            : `It is done in ${server.title} at once, for real.`}
      </p>
      <div class="bz-actions">
        <SubmitButton look="primary" icon="player-play">
          Try it
        </SubmitButton>
        <a class="btn bz-quiet" href={`/app/connections/${server.name}`}>
          Back
        </a>
        {fits ? (
          <a class="btn bz-quiet" href={`${pathOf(props)}?as=${other}`}>
            {as === 'json' ? 'Fill in fields instead' : 'Write JSON instead'}
          </a>
        ) : null}
      </div>
    </Form>
  );
}

/** GET and POST /app/connections/:server/tools/:tool: as, values.* or `arguments` as JSON, requestKey. */
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
      {state ? <Standing {...props} state={state} /> : null}
      {state?.kind === 'waiting' ? (
        <p>
          <a href={pathOf(props)}>Ask for something else</a>
        </p>
      ) : (
        <div class="bz-narrow">
          <TryForm {...props} />
          <details class="bz-more">
            <summary>What the values may be</summary>
            <CodeBlock label="Schema of the values" text={JSON.stringify(tool.schema, null, 2)} />
          </details>
        </div>
      )}
    </Shell>
  );
}
