import type { ComponentChildren, VNode } from 'preact';

export interface Fact {
  label: string;
  value: ComponentChildren;
}

/** A few facts, label above value. `rows` puts the label at the left instead. */
export function KeyFacts(props: { facts: readonly Fact[]; rows?: boolean }): VNode {
  return (
    <dl class={props.rows ? 'bz-facts bz-facts-rows' : 'bz-facts'}>
      {props.facts.map((fact) => (
        <div>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
