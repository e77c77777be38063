import type { VNode } from 'preact';
import { agentCatalog } from '../../../db/domain/agents/catalog.ts';
import { CheckboxList } from '../../ui/choices.tsx';
import { planAgents, setupCopy } from './copy.ts';
import { agentsCopy as copy } from './copy.ts';
import { SetupShell } from './setup-shell.tsx';
import type { OfferedServer } from './setup-tools.tsx';
import type { SetupPageProps } from './setup-shell.tsx';

export interface SetupAgentsPageProps extends SetupPageProps {
  planTitle: string;
  maxAgents: number;
  servers: readonly OfferedServer[];
  /** Names of the servers chosen before; decides which agents can work. */
  chosenTools: readonly string[];
}

function needText(
  needs: readonly string[],
  chosen: readonly string[],
  servers: readonly OfferedServer[],
): string {
  if (needs.length === 0) return copy.noTool;
  const titles = (keys: readonly string[]) =>
    servers.filter(({ name }) => keys.includes(name)).map(({ title }) => title);
  const met = needs.filter((key) => chosen.includes(key));
  if (met.length > 0) return copy.works(titles(met).join(', '));
  return copy.needs(titles(needs).join(', '));
}

/** /app/setup/agents: agents (repeated). */
export function SetupAgentsPage(props: SetupAgentsPageProps): VNode {
  const { chosenTools, maxAgents, planTitle } = props;
  return (
    <SetupShell
      {...props}
      step="agents"
      title={copy.title}
      purpose={`${planTitle} includes ${planAgents({ maxAgents })}. Choose the ones you’d like, or none.`}
      next={setupCopy.agentsNext}
    >
      <CheckboxList
        name="agents"
        label={copy.list}
        quietLabel
        options={agentCatalog.map((agent) => ({
          value: agent.key,
          title: agent.title,
          text: `${agent.summary} ${needText(agent.needsOneOf, chosenTools, props.servers)}`,
        }))}
      />
    </SetupShell>
  );
}
