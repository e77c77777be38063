import type { VNode } from 'preact';
import { riskClasses, risks } from '../../../db/domain/integrations/risk.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Form } from '../../ui/form.tsx';
import { ReasonInput } from '../../ui/inputs.tsx';
import { paths } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { approveToolsCopy } from './copy/server.ts';
import { type RegistryTool, rejectedState, type ServerPageProps } from './server-props.ts';

function ToolToApprove(props: { server: string; tool: RegistryTool; at: number }): VNode {
  const { server, tool, at } = props;
  return (
    <tr>
      <td>
        <div class="bz-pick-cell">
          <input
            class="form-check-input bz-pick"
            type="checkbox"
            name="chosen"
            value={`${at}:${tool.liveHash}:${tool.name}`}
            aria-label={approveToolsCopy.choose(tool.title)}
          />
          <div>
            <a href={paths.serverTool(server, tool.name)}>{tool.title}</a>
            <div class="bz-muted">{tool.description}</div>
          </div>
        </div>
      </td>
      <td>
        <select class="form-select" name={`risk${at}`} aria-label={approveToolsCopy.riskOf(tool.title)}>
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

/** The quarantined tools of a third-party server, all in one form. */
export function ApproveTools(props: ServerPageProps): VNode | null {
  const { frame, server, mayManage } = props;
  const quarantined = server.tools.filter(({ state }) => state === 'quarantined');
  if (server.kind === 'builtin' || !mayManage || quarantined.length === 0) return null;
  return (
    <Card title={approveToolsCopy.title} note={approveToolsCopy.note}>
      <Form
        frame={frame}
        action={paths.serverAction(server.name, 'approve-tools')}
        idPrefix="approve-tools"
        {...rejectedState(props, 'approve-tools')}
      >
        <table class="bz-table">
          <caption class="visually-hidden">{approveToolsCopy.title}</caption>
          <thead>
            <tr>
              <th scope="col">Tool</th>
              <th scope="col">Risk</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {quarantined.map((tool, at) => (
              <ToolToApprove server={server.name} tool={tool} at={at} />
            ))}
          </tbody>
        </table>
        <ReasonInput />
        <div class="bz-actions">
          <SubmitButton look="primary">{approveToolsCopy.submit}</SubmitButton>
        </div>
      </Form>
    </Card>
  );
}
