import type { VNode } from 'preact';
import type { Lifecycle } from '../../../db/domain/integrations/lifecycle.ts';
import { LinkButton } from '../../ui/button.tsx';
import { CheckboxList } from '../../ui/choices.tsx';
import { FieldNotes } from '../../ui/field.tsx';
import { listOf, useField, valueAt } from '../../ui/form-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ServerLogo, ServerName } from '../../ui/server-logo.tsx';
import { statusLooks } from '../../ui/status.ts';
import { isUsable } from '../integrations/lifecycle.tsx';
import { paths } from '../../paths.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { ChosenServer } from '../integrations/home-card.tsx';
import { planTools } from './copy.ts';
import { toolsCopy as copy } from './copy.ts';
import { SetupShell } from './setup-shell.tsx';
import type { SetupPageProps } from './setup-shell.tsx';

/** An MCP server that can be chosen, and connected later. */
export interface OfferedServer {
  /** Its name in the registry. */
  name: string;
  title: string;
  /** In words. */
  category: string;
  lifecycle: Lifecycle;
}

export interface SetupToolsPageProps extends SetupPageProps {
  /** In the order of their categories. */
  servers: readonly OfferedServer[];
  planTitle: string;
  /** How many tools the plan includes. */
  maxTools: number;
  /** Those that were chosen before and the state of each; none for who may not connect them. */
  chosen: readonly ChosenServer[];
}

function GroupProblem(): VNode {
  // The lists below share one name, so its error is shown once, above them all.
  const field = useField('tools', null);
  return (
    <div id={field.id}>
      <FieldNotes field={field} />
    </div>
  );
}

/** What was chosen can be connected immediately; the setup does not wait for it. */
function ConnectNow(props: { chosen: readonly ChosenServer[] }): VNode {
  return (
    <section class="bz-part">
      <h2>{copy.connectTitle}</h2>
      <p>{copy.connectText}</p>
      <ul class="bz-lines">
        {props.chosen.map(({ name, title, state, isConnected }) => (
          <li>
            <span>
              <ServerName name={name} title={title} /> <StatusBadge kind="connection" state={state} />
            </span>
            {isConnected || state === 'turnedOff' || state === 'ended' ? null : (
              <LinkButton small href={paths.connectFrom(name, 'tools')} label={copy.connectNamed(title)}>
                {copy.connect}
              </LinkButton>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** /app/setup/tools: tools (repeated). */
export function SetupToolsPage(props: SetupToolsPageProps): VNode {
  const { maxTools, planTitle, servers } = props;
  const most = Math.min(maxTools, servers.length);
  const categories = [...new Set(servers.map(({ category }) => category))];
  const chosen = listOf(valueAt(props.form?.values, 'tools'));
  return (
    <SetupShell
      {...props}
      step="tools"
      title={copy.title}
      purpose={`${planTitle}: ${planTools({ maxTools }, servers.length).toLowerCase()}. Choose the ones you work with, or none.`}
      next={copy.next}
    >
      <label class="bz-search bz-choice-search" hidden data-choice-filter>
        <span class="visually-hidden">{copy.search}</span>
        <Icon name="search" />
        <input class="form-control" type="search" placeholder={copy.search} />
      </label>
      <GroupProblem />
      <p class="bz-muted" aria-live="polite" data-choice-count={most}>
        {chosen.length} of {most} chosen
      </p>
      {categories.map((category) => (
        <CheckboxList
          name="tools"
          label={category}
          columns={3}
          shared
          options={servers
            .filter((server) => server.category === category)
            .map(({ name, title, lifecycle }) => ({
              ...{ value: name, title },
              logo: <ServerLogo name={name} title={title} size="small" />,
              ...(!isUsable(lifecycle) && { text: statusLooks.connection.turnedOff.word }),
            }))}
        />
      ))}
      {props.chosen.length > 0 ? <ConnectNow chosen={props.chosen} /> : null}
    </SetupShell>
  );
}
