import type { VNode } from 'preact';

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => word?.slice(0, 1) ?? '').join('');
}

/** A person's picture, or the initials; decorative, as the name is beside it or in the label around it. */
export function Avatar(props: { name: string; picture: string | null; large?: boolean }): VNode {
  const size = props.large ? 96 : 32;
  const look = props.large ? 'bz-avatar bz-avatar-large' : 'bz-avatar';
  return props.picture ? (
    <img class={look} src={props.picture} width={size} height={size} alt="" />
  ) : (
    <span class={look} aria-hidden="true">
      {initials(props.name)}
    </span>
  );
}
