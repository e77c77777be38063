import type { ComponentChildren, VNode } from 'preact';
import type { PageContext } from '../page-context.ts';
import { ErrorSummary } from './error-summary.tsx';
import { renderFragment } from '../layout/render.ts';
import { FormContext } from './form-state.tsx';
import type { FormContextValue, FormState } from './form-state.tsx';
import { Localised } from './locale.tsx';

/**
 * What the fields of a form are called. They come after the summary that names them, so they are rendered once before;
 * only a refused form pays for that.
 */
function labelsOf(props: FormProps, context: FormContextValue): ReadonlyMap<string, string | null> {
  const labels = new Map<string, string | null>();
  if (Object.keys(context.errors ?? {}).length === 0) return labels;
  renderFragment(
    <Localised frame={props.frame}>
      <FormContext.Provider value={{ ...context, labels }}>{props.children}</FormContext.Provider>
    </Localised>,
  );
  return labels;
}

interface FormProps {
  frame: PageContext;
  action: string;
  state?: FormState;
  /** Needed where a page has several forms. */
  idPrefix?: string;
  class?: string;
  label?: string;
  /** Hidden fields. */
  hidden?: Readonly<Record<string, string | undefined>>;
  /** It sends a file. */
  upload?: boolean;
  children: ComponentChildren;
}

/**
 * With scripts a refused form is put into the page it was sent from: the address stays, and Back leads to a page and not
 * to a form that would have to be sent again. An accepted form is answered with where to go.
 */
const sendInPlace = (action: string) => ({
  'hx-post': action,
  'hx-target': '#main',
  'hx-select': '#main > *',
  'hx-swap': 'innerHTML',
});

/** A POST form with its forgery token, its error summary and its values kept. */
export function Form(props: FormProps): VNode {
  const context = { ...props.state, idPrefix: props.idPrefix ?? 'f' };
  return (
    <FormContext.Provider value={context}>
      <form
        method="post"
        action={props.action}
        {...sendInPlace(props.action)}
        encType={props.upload ? 'multipart/form-data' : undefined}
        class={props.class}
        aria-label={props.label}
        noValidate
      >
        <input type="hidden" name="_csrf" value={props.frame.csrfToken} />
        {props.frame.owner ? <input type="hidden" name="_owner" value={props.frame.owner} /> : null}
        {Object.entries(props.hidden ?? {}).map(([name, value]) =>
          value === undefined ? null : <input type="hidden" name={name} value={value} />,
        )}
        <ErrorSummary state={context} labels={labelsOf(props, context)} />
        {props.children}
      </form>
    </FormContext.Provider>
  );
}

/** One button that posts at once. */
export function PostButton(props: {
  frame: PageContext;
  action: string;
  hidden?: Readonly<Record<string, string | undefined>>;
  children: ComponentChildren;
}): VNode {
  return (
    <form method="post" action={props.action} {...sendInPlace(props.action)} class="bz-inline">
      <input type="hidden" name="_csrf" value={props.frame.csrfToken} />
      {Object.entries(props.hidden ?? {}).map(([name, value]) =>
        value === undefined ? null : <input type="hidden" name={name} value={value} />,
      )}
      {props.children}
    </form>
  );
}
