import type { VNode } from 'preact';
import { childrenOf, type Definition, type Step } from '../../../../db/domain/runs/templates/definition.ts';
import type { PageContext } from '../../../page-context.ts';
import { paths, withQuery } from '../../../paths.ts';
import { Card } from '../../../ui/card.tsx';
import { Form } from '../../../ui/form.tsx';
import { Icon } from '../../../ui/icon.tsx';
import type { IconName } from '../../../ui/icon-names.ts';
import { editCopy as copy } from '../edit-copy.ts';
import { kindIcons, placeTitle } from '../step-outline.tsx';
import { stepWords } from '../words.ts';

export interface StepsProps {
  frame: PageContext;
  id: string;
  base: number;
  definition: Definition;
  /** What is wrong with each step, by its id. */
  problems: ReadonlyMap<string, readonly string[]>;
  /** Path of the step whose form is open. */
  open: string | null;
  /** Only the open step can be moved and deleted: buttons for every one of many steps make a page heavy. */
  compact: boolean;
}

const cut = (title: string) => (title.length > 40 ? `${title.slice(0, 39)}…` : title);

/** A button of the one form around all steps: what it does, and with which step. */
function Do(props: { move: string; at: string; icon: IconName; label: string }): VNode {
  return (
    <button
      type="submit"
      class="bz-icon-button"
      name="do"
      value={`${props.move} ${props.at}`}
      aria-label={props.label}
    >
      <Icon name={props.icon} />
    </button>
  );
}

function AddHere(props: { id: string; at: string; place: string }): VNode {
  return (
    <a
      class="btn btn-sm bz-quiet"
      href={`${withQuery(paths.workflowTemplateAction(props.id, 'edit'), { add: props.at })}#panel`}
      aria-label={copy.addHere(props.place)}
    >
      <Icon name="plus" />
      {copy.add}
    </a>
  );
}

function Row(props: StepsProps & { step: Step; at: string; isFirst: boolean; isLast: boolean }): VNode {
  const { id, step, at, problems } = props;
  const wrong = problems.get(step.id) ?? [];
  const name = cut(step.title);
  const isOpen = props.open === at;
  const hasTools = isOpen || !props.compact;
  return (
    <div class={`bz-outline-row${isOpen ? ' bz-outline-open' : ''}`}>
      <Icon name={kindIcons[step.kind]} />
      <div class="bz-outline-words">
        <a
          href={`${withQuery(paths.workflowTemplateAction(id, 'edit'), { step: at })}#panel`}
          aria-label={copy.edit(name)}
        >
          {step.title}
        </a>
        <span class="bz-muted">{stepWords(step)}</span>
        {wrong.slice(0, 3).map((text) => (
          <span class="bz-error">
            <Icon name="alert-circle" />
            {text}
          </span>
        ))}
      </div>
      {hasTools ? (
        <div class="bz-outline-tools">
          {props.isFirst ? null : <Do move="up" at={at} icon="arrow-up" label={copy.up(name)} />}
          {props.isLast ? null : <Do move="down" at={at} icon="arrow-down" label={copy.down(name)} />}
          <Do move="remove" at={at} icon="trash" label={copy.remove(name)} />
        </div>
      ) : null}
    </div>
  );
}

function Inside(props: StepsProps & { step: Step; at: string }): VNode | null {
  const { step, at } = props;
  const lists = childrenOf(step);
  // A way that nothing was put into yet can be put into.
  if (step.kind === 'condition' && !step.else) lists.push({ place: 'else', steps: [] });
  if (lists.length === 0) return null;
  return (
    <>
      {lists.map(({ place, steps }, index) => (
        <div class="bz-outline-inside">
          <p class="bz-outline-place">
            {placeTitle(step, place)}
            {step.kind === 'parallel' && step.branches.length > 2 ? (
              <Do
                move="remove-branch"
                at={`${at}.${place}`}
                icon="trash"
                label={`${copy.removeBranch(index + 1)}: ${step.title}`}
              />
            ) : null}
          </p>
          <List
            {...props}
            list={steps}
            path={`${at}.${place}`}
            place={`${cut(step.title)}, ${placeTitle(step, place)}`}
          />
        </div>
      ))}
      {step.kind === 'parallel' && step.branches.length < 5 ? (
        <button type="submit" class="btn btn-sm bz-quiet" name="do" value={`add-branch ${at}`}>
          <Icon name="plus" />
          {copy.addBranch}
        </button>
      ) : null}
    </>
  );
}

function List(props: StepsProps & { list: readonly Step[]; path: string; place: string }): VNode {
  const { list, path, open, compact } = props;
  const mayAdd = !compact || path === 'steps' || (open !== null && path.startsWith(`${open}.`));
  return (
    <>
      {list.length === 0 ? (
        <p class="bz-muted">{path === 'steps' ? copy.noSteps : copy.noStepsInside}</p>
      ) : (
        <ol class="bz-outline" aria-label={props.place}>
          {list.map((step, index) => (
            <li>
              <Row
                {...props}
                step={step}
                at={`${path}.${index}`}
                isFirst={index === 0}
                isLast={index === list.length - 1}
              />
              <Inside {...props} step={step} at={`${path}.${index}`} />
            </li>
          ))}
        </ol>
      )}
      {mayAdd ? <AddHere id={props.id} at={`${path}.${list.length}`} place={props.place} /> : null}
    </>
  );
}

/** The steps of a template, each to be opened, moved and deleted; works without scripts. */
export function Steps(props: StepsProps): VNode {
  return (
    <Card title={copy.steps} note={props.compact ? copy.compact : undefined}>
      <Form
        frame={props.frame}
        action={paths.workflowTemplateAction(props.id, 'edit/move')}
        hidden={{ base: String(props.base) }}
        idPrefix="steps"
      >
        <List {...props} list={props.definition.steps} path="steps" place={copy.steps} />
      </Form>
    </Card>
  );
}
