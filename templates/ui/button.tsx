import type { ComponentChildren, VNode } from 'preact';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-names.ts';

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger';

interface Look {
  look?: ButtonLook;
  small?: boolean;
  icon?: IconName;
  children: ComponentChildren;
}

const lookClass = { primary: ' btn-primary', plain: '', quiet: ' bz-quiet', danger: ' btn-danger' } as const;

function classOf(props: Look): string {
  return `btn${lookClass[props.look ?? 'plain']}${props.small ? ' btn-sm' : ''}`;
}

/** Submits its form. Never disabled: the server says what is missing. */
export function SubmitButton(
  props: Look & {
    name?: string;
    value?: string;
    label?: string;
    /** What it says while the answer takes time: "Checking with Stripe…". */
    pending?: string | undefined;
    /** Where its form posts when this button sends it. */
    action?: string;
  },
): VNode {
  return (
    <button
      type="submit"
      class={classOf(props)}
      name={props.name}
      value={props.value}
      formAction={props.action}
      aria-label={props.label}
      data-pending={props.pending}
    >
      {props.icon ? <Icon name={props.icon} /> : null}
      {props.children}
    </button>
  );
}

/** Goes somewhere; looks like a button because it is the next thing to do. */
export function LinkButton(props: Look & { href: string; label?: string; download?: boolean }): VNode {
  return (
    <a class={classOf(props)} href={props.href} aria-label={props.label} download={props.download}>
      {props.icon ? <Icon name={props.icon} /> : null}
      {props.children}
    </a>
  );
}

/** Opens a Dialog of the same page; a plain link to it where scripts do not run. */
export function DialogButton(props: Look & { dialog: string }): VNode {
  return (
    <a class={classOf(props)} href={`#${props.dialog}`} data-dialog={props.dialog} aria-haspopup="dialog">
      {props.icon ? <Icon name={props.icon} /> : null}
      {props.children}
    </a>
  );
}
