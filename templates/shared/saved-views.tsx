import type { VNode } from 'preact';
import type { SavedView } from '../../db/domain/tenants/saved-view.ts';
import type { PageContext } from '../page-context.ts';
import { DialogButton, SubmitButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Form, PostButton } from '../ui/form.tsx';
import type { FormState } from '../ui/form-state.tsx';
import { TextInput } from '../ui/inputs.tsx';
import { withQuery } from '../paths.ts';
import type { Query } from '../paths.ts';
import { Tabs } from '../ui/tabs.tsx';
import { viewCopy } from './copy.ts';

/** After a rejected name: its dialog opens again with what was typed. */
export interface RefusedView {
  kind: 'add' | 'rename';
  state: FormState;
}

interface ViewsProps {
  frame: PageContext;
  /** Address of the list; its forms are at `<path>/views`. */
  path: string;
  /** What the list without filters is called: "All tenants". */
  all: string;
  views: readonly SavedView[];
  /** The current query of the list. */
  query: Query;
  refused?: RefusedView;
}

/** The query as views save it: without the cursor. */
function textOf(query: Query): string {
  return withQuery('', query, { cursor: undefined }).slice(1);
}

function NameDialog(props: {
  frame: PageContext;
  id: string;
  title: string;
  action: string;
  submit: string;
  name?: string;
  hidden?: Readonly<Record<string, string>>;
  state?: FormState;
}): VNode {
  return (
    <Dialog id={props.id} title={props.title} open={props.state !== undefined}>
      <Form
        frame={props.frame}
        action={props.action}
        hidden={props.hidden}
        idPrefix={props.id}
        state={props.state}
      >
        <TextInput
          name="name"
          label={viewCopy.name}
          initial={props.name}
          autocomplete="off"
          help={viewCopy.nameHelp}
        />
        <div class="bz-actions">
          <SubmitButton look="primary">{props.submit}</SubmitButton>
          <a class="btn bz-quiet" href="#main" data-close>
            {viewCopy.cancel}
          </a>
        </div>
      </Form>
    </Dialog>
  );
}

function OpenView(props: ViewsProps & { view: SavedView }): VNode {
  const { frame, path, refused, view } = props;
  const at = `${path}/views/${encodeURIComponent(view.id)}`;
  return (
    <>
      <div class="bz-actions">
        <DialogButton small dialog="rename-view">
          {viewCopy.openRename}
        </DialogButton>
        <PostButton frame={frame} action={`${at}/remove`}>
          <SubmitButton small label={viewCopy.removeNamed(view.name)}>
            {viewCopy.remove}
          </SubmitButton>
        </PostButton>
      </div>
      <NameDialog
        frame={frame}
        id="rename-view"
        title={viewCopy.renameTitle(view.name)}
        action={`${at}/rename`}
        submit={viewCopy.rename}
        name={view.name}
        state={refused?.kind === 'rename' ? refused.state : undefined}
      />
    </>
  );
}

/** The viewer's saved views, each a link; the open one can be renamed or removed, a new one saved. */
export function SavedViews(props: ViewsProps): VNode {
  const { frame, path, views, query, refused } = props;
  const text = textOf(query);
  const open = views.find((view) => view.query === text);
  return (
    <div class="bz-views">
      {views.length > 0 ? (
        <Tabs
          label={viewCopy.yours}
          current={open?.id ?? (text === '' ? 'all' : '')}
          tabs={[
            { key: 'all', title: props.all, href: path },
            ...views.map((view) => ({ key: view.id, title: view.name, href: `${path}?${view.query}` })),
          ]}
        />
      ) : null}
      {open ? <OpenView {...props} view={open} /> : null}
      {(!open && text !== '') || refused?.kind === 'add' ? (
        <>
          <div class="bz-actions">
            <DialogButton small dialog="keep-view" icon="plus">
              {viewCopy.openSave}
            </DialogButton>
          </div>
          <NameDialog
            frame={frame}
            id="keep-view"
            title={viewCopy.saveTitle}
            action={`${path}/views`}
            submit={viewCopy.save}
            hidden={{ query: text }}
            state={refused?.kind === 'add' ? refused.state : undefined}
          />
        </>
      ) : null}
    </div>
  );
}
