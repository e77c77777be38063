import type { VNode } from 'preact';
import { type RiskClass, riskClasses, risks } from '../../../db/domain/integrations/risk.ts';
import type { serverKinds } from '../../../db/domain/integrations/servers.ts';
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
import { paths } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { StateOf } from '../../ui/status.ts';
import { Time } from '../../ui/time.tsx';
import { integrationsTitle } from './copy/registry.ts';
import { toolCopy } from './copy/tool.ts';
import { msText, shareText } from './figures.ts';
import type { WeekOfUse } from './server-props.ts';

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
  /** The form that was just rejected. */
  rejected?: { action: string; state: FormState };
}

const shortHash = (hash: string) => hash.slice(0, 12);

function QuarantineNotice(props: { tool: ToolPageProps['tool'] }): VNode | null {
  const { tool } = props;
  if (tool.state === 'approved') return null;
  const text =
    tool.state === 'withdrawn'
      ? toolCopy.withdrawn
      : tool.pinnedHash === null
        ? toolCopy.neverApproved
        : tool.changes.length > 0
          ? toolCopy.changed
          : toolCopy.quarantined;
  return (
    <Notice tone="attention" icon="alert-triangle">
      {text}
    </Notice>
  );
}

function Changes(props: { changes: ToolPageProps['tool']['changes'] }): VNode | null {
  if (props.changes.length === 0) return null;
  return (
    <Card title={toolCopy.changesTitle} note={toolCopy.changesNote} flush>
      <DataTable
        caption={toolCopy.changesTitle}
        rows={props.changes}
        columns={[
          { title: 'Field', render: (change) => <strong>{change.field}</strong> },
          {
            title: 'Approved',
            phone: 'label',
            render: (change) =>
              change.before === null ? (
                <span class="bz-muted">{toolCopy.absent}</span>
              ) : (
                <del>{change.before}</del>
              ),
          },
          {
            title: 'Now',
            phone: 'label',
            render: (change) =>
              change.after === null ? (
                <span class="bz-muted">{toolCopy.absent}</span>
              ) : (
                <ins>{change.after}</ins>
              ),
          },
        ]}
      />
    </Card>
  );
}

function Versions(props: { tool: ToolPageProps['tool'] }): VNode {
  const { tool } = props;
  return (
    <Card title={toolCopy.versionsTitle} note={toolCopy.versionsNote} flush>
      <DataTable
        caption={toolCopy.versionsTitle}
        rows={tool.versions}
        columns={[
          {
            title: 'Fingerprint',
            render: ({ hash }) => (
              <>
                <code>{shortHash(hash)}</code>{' '}
                <span class="bz-muted">
                  {[
                    hash === tool.liveHash ? toolCopy.current : '',
                    hash === tool.pinnedHash ? toolCopy.approved : '',
                  ]
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
            render: (version) => (version.approvedAt ? <Time at={version.approvedAt} /> : toolCopy.never),
          },
        ]}
      />
    </Card>
  );
}

function Actions(props: ToolPageProps): VNode | null {
  const { frame, server, tool, rejected } = props;
  if (tool.state === 'withdrawn') return null;
  const stateOf = (action: string) => (rejected?.action === action ? { state: rejected.state } : {});
  const quarantined = tool.state === 'quarantined';
  const thirdParty = server.kind !== 'builtin';
  const copy = quarantined ? toolCopy.approve : toolCopy.changeRisk;
  return (
    <>
      {quarantined ? null : <DialogButton dialog="quarantine">{toolCopy.quarantine.open}</DialogButton>}
      {quarantined || thirdParty ? (
        <DialogButton dialog="approve" look={quarantined ? 'primary' : 'plain'}>
          {copy.open}
        </DialogButton>
      ) : null}
      <ReasonDialog
        frame={frame}
        id="quarantine"
        title={toolCopy.quarantine.title(tool.title)}
        happens={toolCopy.quarantine.happens}
        stays={toolCopy.quarantine.stays}
        action={paths.serverToolAction(server.name, tool.name, 'quarantine')}
        submit={toolCopy.quarantine.submit}
        danger
        {...stateOf('quarantine')}
      />
      <ReasonDialog
        frame={frame}
        id="approve"
        title={copy.title(tool.title)}
        happens={toolCopy.approve.happens(shortHash(tool.liveHash))}
        action={paths.serverToolAction(server.name, tool.name, 'approve')}
        hidden={{ liveHash: tool.liveHash }}
        submit={copy.submit}
        {...stateOf('approve')}
      >
        {thirdParty ? (
          <Select
            name="risk"
            label={toolCopy.risk}
            help={toolCopy.riskHelp}
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

/** GET /admin/integrations/servers/:server/tools/:tool */
export function ToolPage(props: ToolPageProps): VNode {
  const { frame, server, tool } = props;
  const { lastWeek } = tool;
  return (
    <Shell frame={frame} title={tool.title} wide>
      <PageHeader
        crumbs={[
          { title: integrationsTitle, href: paths.registry },
          { title: server.title, href: paths.serverTools(server.name) },
        ]}
        title={tool.title}
        mark={<StatusBadge kind="registryTool" state={tool.state} />}
        purpose={tool.description}
        action={props.mayManage ? <Actions {...props} /> : null}
      />
      <QuarantineNotice tool={tool} />
      <Changes changes={tool.changes} />
      <Card title={toolCopy.factsTitle}>
        <KeyFacts
          facts={[
            { label: toolCopy.risk, value: `${risks[tool.risk].title}. ${risks[tool.risk].sentence}` },
            {
              label: 'Each call',
              value: risks[tool.risk].needsApproval ? toolCopy.approvalNeeded : toolCopy.approvalNotNeeded,
            },
            { label: 'Calls, 7 days', value: <Count value={lastWeek.calls} /> },
            { label: 'Error rate, 7 days', value: shareText(lastWeek.errorRate) },
            { label: 'p95, 7 days', value: msText(lastWeek.p95Ms) },
            { label: 'Name', value: <CopyId id={tool.name} label="the name" /> },
            { label: 'Fingerprint', value: <CopyId id={tool.liveHash} label="the fingerprint" /> },
          ]}
        />
      </Card>
      <CodeBlock label={toolCopy.input} text={JSON.stringify(tool.inputSchema, null, 2)} />
      {tool.outputSchema ? (
        <CodeBlock label={toolCopy.output} text={JSON.stringify(tool.outputSchema, null, 2)} />
      ) : null}
      <Versions tool={tool} />
    </Shell>
  );
}
