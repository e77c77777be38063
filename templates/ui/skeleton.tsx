import type { VNode } from 'preact';

/** Grey lines in the shape of what is coming, so that nothing jumps when it arrives. */
export function Skeleton(props: { lines: number; label: string }): VNode {
  return (
    <div class="bz-skeleton" role="status">
      <span class="visually-hidden">{props.label}</span>
      {Array.from({ length: props.lines }, () => (
        <span aria-hidden="true" />
      ))}
    </div>
  );
}
