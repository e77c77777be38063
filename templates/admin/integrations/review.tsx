import type { VNode } from 'preact';
import type { CredentialField } from '../../../db/domain/integrations/servers.ts';
import { riskClasses, risks } from '../../../db/domain/integrations/servers.ts';
import { DialogButton, LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog, ReasonDialog } from '../../ui/dialog.tsx';
import { Form, PostButton } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { ReasonInput, Textarea, TextInput } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import { paths, withQuery } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { serverPath, toolPath } from './servers.tsx';
import type { RegistryTool, ServerPageProps } from './server.tsx';

export interface Registering {
  runId: string;
  stage: 'fetch' | 'read' | 'look';
  /** What went wrong when its tools were read last. */
  problem: string | null;
  /** What it wants to know to be tried. */
  fields: readonly CredentialField[];
}

const stateOf = ({ refused }: ServerPageProps, act: string): { state?: FormState } =>
  refused?.act === act ? { state: refused.state } : {};

function ReadTools(props: ServerPageProps & { registering: Registering }): VNode {
  const { frame, server, registering } = props;
  return (
    <Form
      frame={frame}
      action={`${serverPath(server.name)}/read`}
      idPrefix="read"
      {...stateOf(props, 'read')}
    >
      {registering.problem && props.refused?.act !== 'read' ? (
        <Notice tone="attention" icon="alert-triangle">
          {registering.problem}
        </Notice>
      ) : null}
      {registering.fields.map((field) => (
        <TextInput
          name={field.key}
          label={field.label}
          type={field.secret ? 'password' : 'text'}
          optional={field.optional}
          autocomplete="off"
        />
      ))}
      <p class="bz-next">
        {registering.fields.length > 0
          ? 'It is started with these once, to read its tools. They are forgotten right after.'
          : 'It is started once, to read its tools.'}
      </p>
      <div class="bz-actions">
        <SubmitButton look="primary">Read its tools</SubmitButton>
      </div>
    </Form>
  );
}

/** What is left to do before tenants see it, or before another source runs. */
export function Review(props: ServerPageProps): VNode | null {
  const { frame, server, registering } = props;
  if (!registering) return null;
  const isNew = server.status === 'review';
  const approved = server.tools.filter(({ state }) => state === 'approved').length;
  const withdraw = (
    <>
      <DialogButton dialog="withdraw" look="quiet">
        {isNew ? 'Do not bring it in…' : 'Keep what runs now…'}
      </DialogButton>
      <ReasonDialog
        frame={frame}
        id="withdraw"
        title={isNew ? `Do not bring ${server.title} in` : `Keep ${server.title} as it is`}
        happens={isNew ? 'It leaves the registry, and its tools with it.' : 'What was fetched is not used.'}
        stays={isNew ? 'Its events stay in the records.' : 'What runs now goes on.'}
        action={`${serverPath(server.name)}/withdraw`}
        submit={isNew ? 'Do not bring it in' : 'Keep it'}
        danger
        {...stateOf(props, 'withdraw')}
      />
    </>
  );
  return (
    <Card
      title={isNew ? 'Before tenants see it' : 'Another source is fetched'}
      note="What nobody finishes within 14 days is closed by itself."
      action={
        <>
          {withdraw}
          <LinkButton href={paths.run(registering.runId)} look="quiet">
            How it went
          </LinkButton>
        </>
      }
    >
      {registering.stage === 'fetch' ? (
        <p>It is being fetched. This goes on by itself.</p>
      ) : registering.stage === 'read' ? (
        <ReadTools {...props} registering={registering} />
      ) : (
        <>
          <p>
            {approved === 0
              ? 'Read what its tools say, say what each may do, and approve those that tenants may use.'
              : `${approved} of its ${server.tools.length} tools are approved. The others stay aside.`}
          </p>
          <div class="bz-actions">
            <LinkButton
              href={withQuery(serverPath(server.name), { tab: 'tools' })}
              look={approved === 0 ? 'primary' : 'plain'}
            >
              Look at its tools
            </LinkButton>
            {approved > 0 ? (
              <PostButton frame={frame} action={`${serverPath(server.name)}/offer`}>
                <SubmitButton look="primary">Offer it to tenants</SubmitButton>
              </PostButton>
            ) : null}
          </div>
        </>
      )}
    </Card>
  );
}

function ToolToApprove(props: { server: string; tool: RegistryTool; at: number }): VNode {
  const { server, tool, at } = props;
  return (
    <tr>
      <td>
        <input
          class="form-check-input bz-pick"
          type="checkbox"
          name="chosen"
          value={`${at}:${tool.liveHash}:${tool.name}`}
          aria-label={`Choose ${tool.title}`}
        />
        <a href={toolPath(server, tool.name)}>{tool.title}</a>
        <div class="bz-muted">{tool.description}</div>
      </td>
      <td>
        <select class="form-select" name={`risk${at}`} aria-label={`What ${tool.title} can do`}>
          {riskClasses.map((risk) => (
            <option value={risk} selected={risk === tool.risk}>
              {risks[risk].title}
            </option>
          ))}
        </select>
      </td>
      <td>
        <StatusBadge kind="registryTool" state={tool.state} />
      </td>
    </tr>
  );
}

/** The tools of a service that is not ours that wait for a person, all in one form. */
export function ApproveTools(props: ServerPageProps): VNode | null {
  const { frame, server, mayManage } = props;
  const waiting = server.tools.filter(({ state }) => state === 'quarantined');
  if (server.kind === 'own' || !mayManage || waiting.length === 0) return null;
  return (
    <Card
      title="Waiting for a look"
      note="Nobody can use these. Open a tool to read all it says; what it is said to do here decides who must agree to its calls."
    >
      <Form
        frame={frame}
        action={`${serverPath(server.name)}/approve-tools`}
        idPrefix="approve-tools"
        {...stateOf(props, 'approve-tools')}
      >
        <table class="bz-table">
          <caption class="visually-hidden">Tools that wait for a look</caption>
          <thead>
            <tr>
              <th scope="col">Tool</th>
              <th scope="col">What it can do</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {waiting.map((tool, at) => (
              <ToolToApprove server={server.name} tool={tool} at={at} />
            ))}
          </tbody>
        </table>
        <ReasonInput />
        <div class="bz-actions">
          <SubmitButton look="primary">Approve the chosen ones</SubmitButton>
        </div>
      </Form>
    </Card>
  );
}

/** Another version of a package, or another address of a remote server. */
export function ChangeSource(props: ServerPageProps): VNode | null {
  const { frame, server, source, registering } = props;
  if (!source || registering) return null;
  const { state } = stateOf(props, 'source');
  return (
    <>
      <DialogButton dialog="source" look="quiet">
        {'url' in source ? 'Change its address…' : 'Change its version…'}
      </DialogButton>
      <Dialog id="source" title={`Change ${server.title}`} open={state !== undefined}>
        <Form
          frame={frame}
          action={`${serverPath(server.name)}/source`}
          idPrefix="source"
          {...(state && { state })}
        >
          <p>
            What runs now goes on until you have read the tools of the new one. Tools that differ are set
            aside then.
          </p>
          {'url' in source ? (
            <>
              <input type="hidden" name="source.kind" value="remote" />
              <TextInput name="source.url" label="Address" type="url" initial={source.url} />
            </>
          ) : (
            <>
              <input type="hidden" name="source.kind" value="npm" />
              <input type="hidden" name="source.package" value={source.package} />
              <TextInput name="source.version" label="Version" width="short" initial={source.version} />
              <Textarea
                name="source.args"
                label="Arguments"
                optional
                rows={2}
                help="One a line."
                initial={source.args.join('\n')}
              />
            </>
          )}
          <ReasonInput />
          <div class="bz-actions">
            <SubmitButton look="primary">Fetch it</SubmitButton>
          </div>
        </Form>
      </Dialog>
    </>
  );
}
