import type { VNode } from 'preact';
import { ErrorSummary } from '../../../ui/error-summary.tsx';
import type { FormState } from '../../../ui/form-state.tsx';

/** Why an act was refused whose form the page doesn't offer any more, such as on a run that has ended meanwhile. */
export function RefusedAct(props: { state: FormState }): VNode {
  return <ErrorSummary state={{ ...props.state, idPrefix: 'refused' }} labels={new Map()} />;
}
