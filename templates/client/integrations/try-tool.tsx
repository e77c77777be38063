import type { VNode } from 'preact';
import { type RiskClass, risks } from '../../../db/domain/integrations/risk.ts';
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
import { approvalsCopy } from '../approvals/copy.ts';
import { tryCopy } from './copy.ts';
import { marketplaceCopy } from './marketplace-copy.ts';
import { paths, withQuery } from '../../paths.ts';
import { Moment } from '../../ui/time.tsx';
import { Values } from '../../ui/values.tsx';

/** State of the latest call from this page. */
export type TryState =
  | { kind: 'done'; result: unknown }
  | { kind: 'running'; callId: string }
  | {
      kind: 'waiting';
      approvalId: string;
      expiresAt: string;
      arguments: unknown;
      argumentsHash: string;
      /** The person who looks can decide it. */
      isMine: boolean;
    }
  | { kind: 'failed'; problem: string };

export interface TryToolPageProps {
  frame: PageContext;
  server: { name: string; title: string };
  tool: { name: string; title: string; description: string; risk: RiskClass; schema: JsonSchema };
  /** One field per value, or all values as one JSON text. */
  as: 'fields' | 'json';
  /** Whether every value can have a field of its own. */
  fits: boolean;
  /** Prefix of the names of the fields. */
  fieldsName: string;
  requestKey: string;
  state?: TryState;
  /** Who has to approve a call: the person too, as no one else can, or others; null where it needs no approval. */
  approver: 'self' | 'others' | null;
  /** Starts with the tool's example. */
  form: FormState;
}

const pathOf = ({ server, tool }: TryToolPageProps) => paths.integrationTool(server.name, tool.name);

function Result(props: { value: unknown }): VNode {
  return (
    <Card title="Result" id="result">
      <Values label="Result" value={props.value} />
      <details class="bz-more">
        <summary>{tryCopy.rawResult}</summary>
        <CodeBlock label="Result as JSON" text={JSON.stringify(props.value, null, 2)} />
      </details>
    </Card>
  );
}

function Running(props: { href: string }): VNode {
  return (
    <div id="result" {...pollEvery('2s', props.href, 'result')}>
      <Notice tone="running" icon="info-circle">
        {tryCopy.slow}
      </Notice>
      <LinkButton href={`${props.href}#result`}>{tryCopy.refresh}</LinkButton>
    </div>
  );
}

function Waiting(props: TryToolPageProps & { state: Extract<TryState, { kind: 'waiting' }> }): VNode {
  const { frame, server, tool, state } = props;
  return (
    <Card title={tryCopy.needsApproval} id="result">
      <p>
        {tryCopy.approvalIntro(tool.title, server.title)} {risks[tool.risk].sentence} {tryCopy.expires}{' '}
        <Moment at={state.expiresAt} />.
      </p>
      <Values label={tryCopy.values} value={state.arguments} />
      {state.isMine ? (
        <Form
          frame={frame}
          action={paths.approval(state.approvalId)}
          idPrefix="decide"
          hidden={{ back: pathOf(props), argumentsHash: state.argumentsHash }}
        >
          <ReasonInput />
          <div class="bz-actions">
            <SubmitButton look="primary" name="decision" value="approved">
              {approvalsCopy.approveAndRun}
            </SubmitButton>
            <SubmitButton name="decision" value="declined">
              {approvalsCopy.decline}
            </SubmitButton>
          </div>
        </Form>
      ) : (
        <p>
          {tryCopy.waiting} <a href={paths.approval(state.approvalId)}>{tryCopy.openRequest}</a>
        </p>
      )}
    </Card>
  );
}

function CallState(props: TryToolPageProps & { state: TryState }): VNode {
  const { state } = props;
  switch (state.kind) {
    case 'done':
      return <Result value={state.result} />;
    case 'running':
      return <Running href={withQuery(pathOf(props), { call: state.callId })} />;
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

function ValueFields(props: TryToolPageProps): VNode {
  const { as, tool } = props;
  if (as === 'json') {
    return <Textarea name="arguments" label={tryCopy.values} rows={12} help={tryCopy.jsonHelp} />;
  }
  if (Object.keys(tool.schema.properties ?? {}).length === 0) return <p>{tryCopy.noValues}</p>;
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
      <ValueFields {...props} />
      <p class="bz-next">
        {risks[tool.risk].sentence}{' '}
        {props.approver
          ? tryCopy.approvers[props.approver]
          : tool.risk === 'read'
            ? ''
            : tryCopy.immediate(server.title)}
      </p>
      <div class="bz-actions">
        <SubmitButton look="primary" icon="player-play">
          {props.approver === 'others' ? tryCopy.ask : tryCopy.submit}
        </SubmitButton>
        <a class="btn bz-quiet" href={paths.integration(server.name)}>
          {tryCopy.back}
        </a>
        {fits ? (
          <a class="btn bz-quiet" href={withQuery(pathOf(props), { as: other })}>
            {as === 'json' ? tryCopy.asFields : tryCopy.asJson}
          </a>
        ) : null}
      </div>
    </Form>
  );
}

/** GET and POST /app/integrations/:server/tools/:tool: as, values.* or `arguments` as JSON, requestKey. */
export function TryToolPage(props: TryToolPageProps): VNode {
  const { frame, server, tool, state } = props;
  return (
    <Shell frame={frame} title={tool.title}>
      <PageHeader
        crumbs={[
          { title: marketplaceCopy.title, href: paths.integrations },
          { title: server.title, href: paths.integration(server.name) },
        ]}
        title={tool.title}
        purpose={tool.description}
      />
      {state ? <CallState {...props} state={state} /> : null}
      {state?.kind === 'waiting' ? (
        <p>
          <a href={pathOf(props)}>{tryCopy.another}</a>
        </p>
      ) : (
        <div class="bz-narrow">
          <TryForm {...props} />
          <details class="bz-more">
            <summary>{tryCopy.schema}</summary>
            <CodeBlock label={tryCopy.schema} text={JSON.stringify(tool.schema, null, 2)} />
          </details>
        </div>
      )}
    </Shell>
  );
}
