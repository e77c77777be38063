import type { VNode } from 'preact';
import { CheckboxList } from '../ui/choices.tsx';
import { FieldNotes } from '../ui/field.tsx';
import { listOf, useField, valueAt } from '../ui/form-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { countText } from '../ui/format.ts';
import { SetupShell } from './setup-shell.tsx';
import type { SetupPageProps } from './setup-shell.tsx';

/** A service that can be chosen, and connected later. */
export interface OfferedService {
  /** Its name in the registry. */
  name: string;
  title: string;
  /** In words. */
  category: string;
}

export interface SetupToolsPageProps extends SetupPageProps {
  /** In the order of their categories. */
  services: readonly OfferedService[];
  planTitle: string;
  /** How many tools the plan includes. */
  maxTools: number;
}

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
  const { maxTools, planTitle, services } = props;
  const categories = [...new Set(services.map(({ category }) => category))];
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
          options={services
            .filter((service) => service.category === category)
            .map(({ name, title }) => ({ value: name, title }))}
        />
      ))}
    </SetupShell>
  );
}
