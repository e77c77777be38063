import type { VNode } from 'preact';
import { eventActions } from '../../../../db/domain/event.ts';
import type { EventStart, Parameters } from '../../../../db/domain/runs/templates/definition.ts';
import type { PageContext } from '../../../page-context.ts';
import { paths, withQuery } from '../../../paths.ts';
import { LinkButton, SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { fieldTitle } from '../../../ui/field-title.ts';
import { Form, PostButton } from '../../../ui/form.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Select, TextInput } from '../../../ui/inputs.tsx';
import { templatesCopy } from '../copy.ts';
import { editCopy as copy } from '../edit-copy.ts';

export interface EventPanel {
  kind: 'event';
  form: FormState;
}
interface Of {
  frame: PageContext;
  id: string;
  base: number;
}

export const eventLabel = (action: string): string =>
  Object.hasOwn(eventActions, action) ? eventActions[action as keyof typeof eventActions] : action;

/** The form of the event that starts a template. */
export function EventForm(props: Of & { panel: EventPanel; parameters: Parameters }): VNode {
  const { frame, id, base, panel, parameters } = props;
  const fields = Object.entries(parameters.properties);
  return (
    <Card title={copy.event} id="panel">
      <Form
        frame={frame}
        action={paths.workflowTemplateAction(id, 'edit/event')}
        state={panel.form}
        idPrefix="event"
        hidden={{ base: String(base) }}
      >
        <Select
          name="on.action"
          {...copy.eventAction}
          placeholder={copy.eventAdd}
          options={Object.entries(eventActions).map(([value, label]) => ({ value, label }))}
        />
        <TextInput name="on.if" {...copy.eventIf} optional />
        {fields.length > 0 ? (
          <fieldset class="bz-group">
            <legend>{copy.eventParameters}</legend>
            <p class="bz-help">{copy.eventParametersHelp}</p>
            {fields.map(([name, { title, default: preset }]) => (
              <TextInput
                name={`on.parameters.${name}`}
                label={title ?? fieldTitle(name)}
                optional={!parameters.required.includes(name) || preset !== undefined}
              />
            ))}
          </fieldset>
        ) : null}
        <div class="bz-actions">
          <SubmitButton look="primary">{copy.eventSave}</SubmitButton>
          <a class="btn bz-quiet" href={paths.workflowTemplateAction(id, 'edit')}>
            {copy.cancel}
          </a>
        </div>
      </Form>
    </Card>
  );
}

/** The event that starts a template, in the editor. */
export function EventCard(props: Of & { on: EventStart | null; problems: readonly string[] }): VNode {
  const { frame, id, base, on, problems } = props;
  const href = `${withQuery(paths.workflowTemplateAction(id, 'edit'), { new: 'event' })}#panel`;
  return (
    <Card title={copy.event}>
      <p class={on ? undefined : 'bz-muted'}>
        {on ? templatesCopy.starts.eventText(eventLabel(on.action)) : copy.eventNone}
        {on?.if === undefined ? '' : ` ${templatesCopy.starts.eventIf(on.if)}`}
      </p>
      {problems.map((text) => (
        <p class="bz-error">
          <Icon name="alert-circle" />
          {text}
        </p>
      ))}
      <div class="bz-actions">
        <LinkButton href={href}>{on ? copy.eventChange : copy.eventAdd}</LinkButton>
        {on ? (
          <PostButton
            frame={frame}
            action={paths.workflowTemplateAction(id, 'edit/remove-event')}
            hidden={{ base: String(base) }}
          >
            <SubmitButton look="quiet">{copy.eventRemove}</SubmitButton>
          </PostButton>
        ) : null}
      </div>
    </Card>
  );
}
