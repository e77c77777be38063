import type { VNode } from 'preact';
import type { PageContext } from '../page-context.ts';
import { SubmitButton } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Form } from '../ui/form.tsx';
import type { FormState } from '../ui/form-state.tsx';
import { Icon } from '../ui/icon.tsx';

const copy = {
  title: 'Second factor',
  on: 'Required',
  off: 'Not required',
  require: 'Require a second factor',
  stop: 'Stop requiring it',
  all: 'Everyone has one.',
  without: (count: number, of: number) =>
    `${count} of ${of} ${of === 1 ? 'person has' : 'people have'} none.`,
  then: 'They’re asked to add one before they can continue.',
} as const;

export interface SecondFactorDemandProps {
  frame: PageContext;
  /** Where the form posts: required. */
  action: string;
  /** Of whom it is demanded. */
  note: string;
  isRequired: boolean;
  people: number;
  without: number;
  form?: FormState;
}

/** Whether a second factor is demanded of a group of people, and the button that changes it. */
export function SecondFactorDemand(props: SecondFactorDemandProps): VNode {
  const { frame, isRequired, people, without, form } = props;
  const tone = isRequired ? 'done' : 'attention';
  return (
    <Card title={copy.title} note={props.note}>
      <p>
        <span class={`bz-st bz-${tone}`}>
          <Icon name={isRequired ? 'circle-check' : 'alert-triangle'} />
          {isRequired ? copy.on : copy.off}
        </span>
      </p>
      <p>{without === 0 ? copy.all : `${copy.without(without, people)} ${isRequired ? copy.then : ''}`}</p>
      <Form
        frame={frame}
        action={props.action}
        hidden={{ required: isRequired ? 'false' : 'true' }}
        state={form}
      >
        <SubmitButton look={isRequired ? 'plain' : 'primary'}>
          {isRequired ? copy.stop : copy.require}
        </SubmitButton>
      </Form>
    </Card>
  );
}
