import type { VNode } from 'preact';
import { risks } from '../../../db/domain/integrations/risk.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Form } from '../../ui/form.tsx';
import { responseTimeText } from '../../ui/format.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Second } from '../../ui/time.tsx';
import { paths } from '../../paths.ts';
import type { ConnectionPageProps } from './connection-props.ts';
import { connectionCopy, toolsCopy } from './copy.ts';
import { isUsable } from './lifecycle.tsx';

/** The tools of the integration with the risk of each. */
export function Tools(props: ConnectionPageProps): VNode {
  const usable = props.state === 'connected' && isUsable(props.server.lifecycle);
  return (
    <DataTable
      caption={connectionCopy.tools}
      rows={props.tools}
      columns={[
        {
          title: 'Tool',
          render: (row) => (
            <>
              {usable && !row.inReview ? (
                <a href={paths.integrationTool(props.server.name, row.name)}>{row.title}</a>
              ) : (
                <strong>{row.title}</strong>
              )}
              <div class="bz-muted">{row.description}</div>
            </>
          ),
        },
        {
          title: toolsCopy.risk,
          phone: 'label',
          render: (row) => (
            <>
              {risks[row.risk].title}
              {risks[row.risk].needsApproval ? <div class="bz-muted">{toolsCopy.needsApproval}</div> : null}
              {row.inReview ? <div class="bz-muted">{toolsCopy.inReview}</div> : null}
            </>
          ),
        },
      ]}
    />
  );
}

/** Who may use which tool: one box each. */
export function Grants(props: ConnectionPageProps): VNode {
  return (
    <Form frame={props.frame} action={paths.integrationAction(props.server.name, 'grants')} idPrefix="grants">
      <div class="bz-scroll" tabIndex={0} role="region" aria-label={toolsCopy.access}>
        <table class="bz-table bz-grants">
          <caption class="visually-hidden">{toolsCopy.access}</caption>
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
      </div>
      <div class="bz-actions">
        <SubmitButton>{toolsCopy.save}</SubmitButton>
      </div>
    </Form>
  );
}

/** The latest calls of the tools. */
export function Calls(props: ConnectionPageProps): VNode {
  if (props.calls.length === 0) {
    return <EmptyState icon="history" title={toolsCopy.noCallsTitle} text={toolsCopy.noCallsText} />;
  }
  return (
    <DataTable
      caption={connectionCopy.calls}
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
        { title: 'Duration', right: true, phone: 'label', render: (row) => responseTimeText(row.ms) },
        { title: 'When', right: true, phone: 'label', render: (row) => <Second at={row.at} /> },
      ]}
    />
  );
}
