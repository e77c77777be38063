import type { VNode } from 'preact';
import { toolCatalog } from '../../db/domain/catalog.ts';
import { CheckboxList } from '../ui/choices.tsx';
import { FieldNotes } from '../ui/field.tsx';
import { listOf, useField, valueAt } from '../ui/form-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { countText } from '../ui/format.ts';
import { SetupShell } from './setup-shell.tsx';
import type { SetupPageProps } from './setup-shell.tsx';

export interface SetupToolsPageProps extends SetupPageProps {
  planTitle: string;
  /** How many tools the plan includes. */
  maxTools: number;
}

const categories = [...new Set(toolCatalog.map((tool) => tool.category))];

function GroupProblem(): VNode {
  // The lists below share one name, so its error is said once, above them all.
  const field = useField('tools');
  return (
    <div id={field.id}>
      <FieldNotes field={field} />
    </div>
  );
}

/** /app/setup/tools: tools (repeated). */
export function SetupToolsPage(props: SetupToolsPageProps): VNode {
  const { maxTools, planTitle } = props;
  const chosen = listOf(valueAt(props.form?.values, 'tools'));
  return (
    <SetupShell
      {...props}
      step="tools"
      title="Which tools do you use?"
      purpose={`${planTitle} includes ${countText(maxTools, 'tool', 'tools')}. Choose the ones you work with; none is fine too.`}
      next="You connect each tool after going live, under Connections. Until then nothing is read from or sent to it."
    >
      <label class="bz-search bz-choice-search" hidden data-choice-filter>
        <span class="visually-hidden">Search tools</span>
        <Icon name="search" />
        <input class="form-control" type="search" placeholder="Search tools" />
      </label>
      <GroupProblem />
      <p class="bz-muted" aria-live="polite" data-choice-count={maxTools}>
        {chosen.length} of {maxTools} chosen
      </p>
      {categories.map((category) => (
        <CheckboxList
          name="tools"
          label={category}
          columns={3}
          shared
          options={toolCatalog
            .filter((tool) => tool.category === category)
            .map((tool) => ({ value: tool.key, title: tool.title }))}
        />
      ))}
    </SetupShell>
  );
}
