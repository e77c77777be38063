import type { ComponentChildren, VNode } from 'preact';
import { type BulkKey, filterIn } from '../../../../db/domain/bulk.ts';
import type { BulkSubject } from '../../../../db/domain/runs/bulk-operation.ts';
import { paths, type Query, withQuery } from '../../../paths.ts';
import { LinkButton, SubmitButton } from '../../../ui/button.tsx';
import { bulkCopy as copy, operationWords } from './copy.ts';

/** The form around a list, with what can be done to selected rows; shown once a row is selected. */
export function BulkSelection(props: {
  subject: BulkSubject;
  /** A button for each; a single one offers the others on the next page. */
  operations: readonly BulkKey[];
  children: ComponentChildren;
}): VNode {
  const { subject, operations } = props;
  return (
    <form method="get" action={paths.newBulkOperation} class="bz-selectable" data-selectable>
      <div class="bz-bulk" role="group" aria-label={copy.actionsFor(subject)}>
        <span data-chosen>{copy.selected(subject)}</span>
        {operations.map((key) => (
          <SubmitButton small name="operation" value={key}>
            {operations.length === 1 ? copy.change : `${operationWords[key].name}…`}
          </SubmitButton>
        ))}
        <label class="bz-check" data-choose-all hidden>
          <input class="form-check-input" type="checkbox" />
          <span>{copy.selectAll}</span>
        </label>
      </div>
      {props.children}
    </form>
  );
}

/** Leads to a bulk operation on all that the filters of a list find; nothing where none is set. */
export function BulkAllButton(props: { operation: BulkKey; query: Query }): VNode | null {
  const filter = new URLSearchParams(filterIn(withQuery('', props.query).slice(1))).toString();
  if (!filter) return null;
  return (
    <LinkButton href={withQuery(paths.newBulkOperation, { operation: props.operation, filter })}>
      {copy.changeAll}
    </LinkButton>
  );
}
