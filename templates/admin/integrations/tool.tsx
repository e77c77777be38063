import type { VNode } from 'preact';
import {
  type RiskClass,
  riskClasses,
  risks,
  type serverKinds,
} from '../../../db/domain/integrations/servers.ts';
import type { PageContext } from '../../page-context.ts';
import { Shell } from '../../layout/shell.tsx';
import { DialogButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CodeBlock, CopyId } from '../../ui/code-block.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { ReasonDialog } from '../../ui/dialog.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { Select } from '../../ui/inputs.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Count } from '../../ui/money.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { withQuery } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Time } from '../../ui/time.tsx';
import { msText, serverPath, shareText, toolPath, type WeekOfUse } from './servers.tsx';

export interface ToolPageProps {
  frame: PageContext;
  server: { name: string; title: string; kind: (typeof serverKinds)[number] };
  tool: {
    name: string;
    title: string;
    description: string;
    risk: RiskClass;
    state: StateOf<'registryTool'>;
    liveHash: string;
    pinnedHash: string | null;
    inputSchema?: unknown;
    outputSchema?: unknown;
    lastWeek: WeekOfUse;
    changes: readonly { field: string; before: string | null; after: string | null }[];
    versions: readonly {
      hash: string;
      serverVersion: string;
      firstSeenAt: string;
      approvedAt: string | null;
    }[];
  };
  mayManage: boolean;
  refused?: { act: string; state: FormState };
}

const shortHash = (hash: string) => hash.slice(0, 12);

function Standing(props: { tool: ToolPageProps['tool'] }): VNode | null {
  const { tool } = props;
  if (tool.state === 'approved') return null;
  const text =
    tool.state === 'withdrawn'
      ? 'The service no longer offers this tool.'
      : tool.pinnedHash === null
        ? 'This tool was never approved. Read what it says, then approve it or leave it aside.'
        : tool.changes.length > 0
          ? 'It has changed since it was approved. Nobody can use it until you have read what is different.'
          : 'Somebody has set it aside. It says the same as when it was approved.';
  return (
    <Notice tone="attention" icon="alert-triangle">
      {text}
    </Notice>
  );
}

function Changes(props: { changes: ToolPageProps['tool']['changes'] }): VNode | null {
  if (props.changes.length === 0) return null;
  return (
    <Card title="What is different" note="Field by field, as models read it." flush>
      <DataTable
        caption="What is different"
        rows={props.changes}
        columns={[
          { title: 'Field', render: (change) => <strong>{change.field}</strong> },
          {
            title: 'Approved',
            phone: 'label',
            render: (change) =>
              change.before === null ? <span class="bz-muted">Not said</span> : <del>{change.before}</del>,
          },
          {
            title: 'Now',
            phone: 'label',
            render: (change) =>
              change.after === null ? <span class="bz-muted">Not said</span> : <ins>{change.after}</ins>,
          },
        ]}
      />
    </Card>
  );
}

function Versions(props: { tool: ToolPageProps['tool'] }): VNode {
  const { tool } = props;
  return (
    <Card title="Versions" note="Everything this tool has ever said about itself." flush>
      <DataTable
        caption="Versions"
        rows={tool.versions}
        columns={[
          {
            title: 'Fingerprint',
            render: ({ hash }) => (
              <>
                <code>{shortHash(hash)}</code>{' '}
                <span class="bz-muted">
                  {[hash === tool.liveHash ? 'now' : '', hash === tool.pinnedHash ? 'approved' : '']
                    .filter(Boolean)
                    .join(', ')}
                </span>
              </>
            ),
          },
          { title: 'Release', phone: 'label', render: (version) => version.serverVersion },
          { title: 'First seen', phone: 'label', render: (version) => <Time at={version.firstSeenAt} /> },
          {
            title: 'Approved',
            phone: 'label',
            render: (version) => (version.approvedAt ? <Time at={version.approvedAt} /> : 'Never'),
          },
        ]}
      />
    </Card>
  );
}

function Actions(props: ToolPageProps): VNode | null {
  const { frame, server, tool, refused } = props;
  if (tool.state === 'withdrawn') return null;
  const stateOf = (act: string) => (refused?.act === act ? { state: refused.state } : {});
  const aside = tool.state === 'quarantined';
  const others = server.kind !== 'own';
  return (
    <>
      {aside ? null : <DialogButton dialog="set-aside">Set aside…</DialogButton>}
      {aside || others ? (
        <DialogButton dialog="approve" look={aside ? 'primary' : 'plain'}>
          {aside ? 'Approve…' : 'Change its class…'}
        </DialogButton>
      ) : null}
      <ReasonDialog
        frame={frame}
        id="set-aside"
        title={`Set “${tool.title}” aside`}
        happens="Nobody can use this tool until somebody approves it again; calls are refused at once."
        stays="The other tools of the service go on working."
        action={`${toolPath(server.name, tool.name)}/set-aside`}
        submit="Set aside"
        danger
        {...stateOf('set-aside')}
      />
      <ReasonDialog
        frame={frame}
        id="approve"
        title={aside ? `Approve “${tool.title}”` : `What “${tool.title}” can do`}
        happens={`Tenants can use the tool exactly as it is now (${shortHash(tool.liveHash)}). If it changes again, it is set aside again.`}
        action={`${toolPath(server.name, tool.name)}/approve`}
        hidden={{ liveHash: tool.liveHash }}
        submit={aside ? 'Approve' : 'Save'}
        {...stateOf('approve')}
      >
        {others ? (
          <Select
            name="risk"
            label="What it can do"
            help="Decides who gets the tool and whether a person agrees to each call."
            initial={tool.risk}
            options={riskClasses.map((risk) => ({
              value: risk,
              label: `${risks[risk].title}: ${risks[risk].sentence}`,
            }))}
          />
        ) : null}
      </ReasonDialog>
    </>
  );
}

/** GET /admin/connections/servers/:server/tools/:tool */
export function ToolPage(props: ToolPageProps): VNode {
  const { frame, server, tool } = props;
  const { lastWeek } = tool;
  return (
    <Shell frame={frame} title={tool.title} wide>
      <PageHeader
        crumbs={[
          { title: 'Services', href: '/admin/connections' },
          { title: server.title, href: withQuery(serverPath(server.name), { tab: 'tools' }) },
        ]}
        title={tool.title}
        mark={<StatusBadge kind="registryTool" state={tool.state} />}
        purpose={tool.description}
        action={props.mayManage ? <Actions {...props} /> : null}
      />
      <Standing tool={tool} />
      <Changes changes={tool.changes} />
      <Card title="Key facts">
        <KeyFacts
          facts={[
            { label: 'What it can do', value: `${risks[tool.risk].title}. ${risks[tool.risk].sentence}` },
            {
              label: 'Each call',
              value: risks[tool.risk].needsApproval ? 'A person agrees first' : 'Goes ahead',
            },
            { label: 'Calls, 7 days', value: <Count value={lastWeek.calls} /> },
            { label: 'Errors, 7 days', value: shareText(lastWeek.errorRate) },
            { label: 'p95, 7 days', value: msText(lastWeek.p95Ms) },
            { label: 'Name', value: <CopyId id={tool.name} label="the name" /> },
            { label: 'Fingerprint', value: <CopyId id={tool.liveHash} label="the fingerprint" /> },
          ]}
        />
      </Card>
      <CodeBlock label="What it takes" text={JSON.stringify(tool.inputSchema, null, 2)} />
      {tool.outputSchema ? (
        <CodeBlock label="What it answers" text={JSON.stringify(tool.outputSchema, null, 2)} />
      ) : null}
      <Versions tool={tool} />
    </Shell>
  );
}
