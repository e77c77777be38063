import type { VNode } from 'preact';
import { risks } from '../../../db/domain/integrations/servers.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Form } from '../../ui/form.tsx';
import { responseTimeText } from '../../ui/format.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Second } from '../../ui/time.tsx';
import { type ConnectionPageProps, pathOf } from './connection-props.ts';

/** What can be done, each with how much it can do. */
export function Tools(props: ConnectionPageProps): VNode {
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
                <a href={`${pathOf(props)}/tools/${row.name}`}>{row.title}</a>
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

/** Who may use which tool: one box each. */
export function Grants(props: ConnectionPageProps): VNode {
  return (
    <Form frame={props.frame} action={`${pathOf(props)}/grants`} idPrefix="grants">
      <div class="bz-scroll" tabIndex={0} role="region" aria-label="Who may use which tool">
        <table class="bz-table bz-grants">
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
      </div>
      <div class="bz-actions">
        <SubmitButton>Save who may use what</SubmitButton>
      </div>
    </Form>
  );
}

/** The last uses of the tools. */
export function Calls(props: ConnectionPageProps): VNode {
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
        { title: 'Took', right: true, phone: 'label', render: (row) => responseTimeText(row.ms) },
        { title: 'When', right: true, phone: 'label', render: (row) => <Second at={row.at} /> },
      ]}
    />
  );
}
