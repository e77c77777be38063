import type { VNode } from 'preact';
import { type CredentialField, type RiskClass, risks } from '../../db/domain/mcp.ts';
import type { Frame } from '../layout/frame.ts';
import { Shell } from '../layout/shell.tsx';
import { DialogButton, SubmitButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Form } from '../ui/form.tsx';
import type { FormState } from '../ui/form-state.tsx';
import { TextInput } from '../ui/inputs.tsx';
import { KeyFacts } from '../ui/key-facts.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import type { StateOf } from '../ui/status.ts';
import { Day, Second, Time } from '../ui/time.tsx';

export interface ToolRow {
  name: string;
  title: string;
  description: string;
  risk: RiskClass;
  /** Set aside until an administrator of the platform has looked at what changed. */
  setAside: boolean;
  /** To whom it is given. */
  grantees: readonly string[];
}

export interface CallRow {
  tool: string;
  who: string;
  state: StateOf<'toolCall'>;
  problem: string | null;
  ms: number;
  at: string;
}

export interface ConnectionPageProps {
  frame: Frame;
  service: {
    name: string;
    title: string;
    summary: string;
    docsUrl: string;
    fields: readonly CredentialField[];
    /** The person agrees at the service; then the fields are the other way. */
    byAgreement: boolean;
    endsAt: string | null;
    successor: string | null;
  };
  state: StateOf<'connection'>;
  account: string | null;
  since: string | null;
  webhookAddress: string | null;
  tools: readonly ToolRow[];
  calls: readonly CallRow[];
  grantees: readonly { key: string; title: string }[];
  mayManage: boolean;
  form?: FormState;
}

const base = (props: ConnectionPageProps) => `/app/connections/${props.service.name}`;

function Fields(props: { fields: readonly CredentialField[] }): VNode {
  return (
    <>
      {props.fields.map((field) => (
        <TextInput
          name={field.key}
          label={field.label}
          type={field.secret ? 'password' : 'text'}
          help={field.hint}
          optional={field.optional}
          autocomplete="off"
        />
      ))}
    </>
  );
}

function Connect(props: ConnectionPageProps): VNode {
  const { service, frame, state } = props;
  const verb = state === 'available' ? 'Connect' : 'Connect again';
  const byForm = (
    <Form frame={frame} action={`${base(props)}/connect`} state={props.form} idPrefix="connect">
      <Fields fields={service.fields} />
      <p class="bz-next">We ask {service.title} whether this works. Only then it is saved, sealed.</p>
      <div class="bz-actions">
        <SubmitButton look={service.byAgreement ? undefined : 'primary'}>{verb}</SubmitButton>
      </div>
    </Form>
  );
  if (!service.byAgreement) return byForm;
  return (
    <>
      <Form frame={frame} action={`${base(props)}/authorize`} idPrefix="agree">
        <p>
          You sign in at {service.title} and agree there. We never see your password, and you can take it back
          at any time.
        </p>
        <div class="bz-actions">
          <SubmitButton look="primary" icon="external-link">
            {`${verb} with ${service.title}`}
          </SubmitButton>
        </div>
      </Form>
      <details open={props.form !== undefined}>
        <summary>I have a token instead</summary>
        {byForm}
      </details>
    </>
  );
}

function Tools(props: ConnectionPageProps): VNode {
  const usable = props.state === 'connected';
  return (
    <DataTable
      caption="What can be done"
      rows={props.tools}
      columns={[
        {
          title: 'Tool',
          render: (row) => (
            <>
              {usable && !row.setAside ? (
                <a href={`${base(props)}/tools/${row.name}`}>{row.title}</a>
              ) : (
                <strong>{row.title}</strong>
              )}
              <div class="bz-muted">{row.description}</div>
            </>
          ),
        },
        {
          title: 'What it can do',
          phone: 'label',
          render: (row) => (
            <>
              {risks[row.risk].title}
              {risks[row.risk].needsApproval ? (
                <div class="bz-muted">A person agrees to each call.</div>
              ) : null}
              {row.setAside ? (
                <div class="bz-muted">Set aside: it has changed and is being looked at.</div>
              ) : null}
            </>
          ),
        },
      ]}
    />
  );
}

function Grants(props: ConnectionPageProps): VNode {
  return (
    <Form frame={props.frame} action={`${base(props)}/grants`} idPrefix="grants">
      <table class="bz-table">
        <caption class="visually-hidden">Who may use which tool</caption>
        <thead>
          <tr>
            <th scope="col">Tool</th>
            {props.grantees.map(({ title }) => (
              <th scope="col">{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.tools.map((tool) => (
            <tr>
              <th scope="row">{tool.title}</th>
              {props.grantees.map(({ key, title }) => (
                <td data-l={title}>
                  <input
                    class="form-check-input"
                    type="checkbox"
                    name="grants"
                    value={`${tool.name} ${key}`}
                    checked={tool.grantees.includes(key)}
                    aria-label={`${title}: ${tool.title}`}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div class="bz-actions">
        <SubmitButton>Save who may use what</SubmitButton>
      </div>
    </Form>
  );
}

function Calls(props: ConnectionPageProps): VNode {
  if (props.calls.length === 0) {
    return (
      <EmptyState icon="history" title="Nothing was done yet" text="Every use of a tool is listed here." />
    );
  }
  return (
    <DataTable
      caption="Recent uses"
      rows={props.calls}
      columns={[
        { title: 'Tool', render: (row) => row.tool },
        { title: 'Who', phone: 'label', render: (row) => row.who },
        {
          title: 'Outcome',
          render: (row) => (
            <>
              <StatusBadge kind="toolCall" state={row.state} />
              {row.problem ? <div class="bz-muted">{row.problem}</div> : null}
            </>
          ),
        },
        { title: 'Took', right: true, phone: 'label', render: (row) => `${row.ms} ms` },
        { title: 'When', right: true, phone: 'label', render: (row) => <Second at={row.at} /> },
      ]}
    />
  );
}

function Disconnect(props: ConnectionPageProps): VNode {
  return (
    <Dialog id="disconnect" title={`Disconnect ${props.service.title}?`} open={false}>
      <Form frame={props.frame} action={`${base(props)}/disconnect`} idPrefix="disconnect">
        <p>
          People, workflows and agents can no longer act in {props.service.title}. We ask it to forget our
          access and delete the credentials here. Nothing in {props.service.title} itself changes.
        </p>
        <div class="bz-actions">
          <SubmitButton look="danger">Disconnect</SubmitButton>
          <a class="btn bz-quiet" href="#main" data-close>
            Not now
          </a>
        </div>
      </Form>
    </Dialog>
  );
}

/** GET /app/connections/:server; forms connect, authorize, grants, disconnect. */
export function ConnectionPage(props: ConnectionPageProps): VNode {
  const { service, state } = props;
  const open = state === 'connected' || state === 'needsReconnect';
  return (
    <Shell frame={props.frame} title={service.title}>
      <PageHeader
        crumbs={[{ title: 'Connections', href: '/app/connections' }]}
        title={service.title}
        purpose={service.summary}
        action={
          open && props.mayManage ? <DialogButton dialog="disconnect">Disconnect</DialogButton> : undefined
        }
      />
      {service.endsAt ? (
        <Notice tone="waiting" icon="info-circle">
          This service ends here on <Day at={service.endsAt} />
          {service.successor ? `; ${service.successor} takes its place.` : '.'}
        </Notice>
      ) : null}
      {state === 'needsReconnect' ? (
        <Notice tone="attention" icon="alert-triangle">
          {service.title} no longer accepts our access. Connect it again; until then nothing can be done in
          it.
        </Notice>
      ) : null}
      <KeyFacts
        facts={[
          { label: 'State', value: <StatusBadge kind="connection" state={state} /> },
          ...(props.account && open ? [{ label: 'Account', value: props.account }] : []),
          ...(props.since && open ? [{ label: 'Since', value: <Time at={props.since} /> }] : []),
          ...(props.webhookAddress && open
            ? [{ label: 'Address for its notices', value: <code>{props.webhookAddress}</code> }]
            : []),
          {
            label: 'Documentation',
            value: (
              <a href={service.docsUrl} rel="noreferrer">
                {new URL(service.docsUrl).host}
              </a>
            ),
          },
        ]}
      />
      {props.mayManage && state !== 'connected' ? (
        <Card title={state === 'available' ? 'Connect' : 'Connect again'} id="connect">
          <Connect {...props} />
        </Card>
      ) : null}
      <Card title="What can be done" flush>
        <Tools {...props} />
      </Card>
      {open ? (
        <Card title="Recent uses" flush>
          <Calls {...props} />
        </Card>
      ) : null}
      {open && props.mayManage ? (
        <Card title="Who may use what" note="Agents get a tool only when you give it to them here.">
          <Grants {...props} />
        </Card>
      ) : null}
      {props.mayManage && state === 'connected' ? (
        <Card title="Change the credentials" id="connect">
          <Connect {...props} />
        </Card>
      ) : null}
      {open && props.mayManage ? <Disconnect {...props} /> : null}
    </Shell>
  );
}
