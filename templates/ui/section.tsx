import { createContext } from 'preact';
import type { ComponentChildren, VNode } from 'preact';
import { useContext } from 'preact/hooks';

/** Heading of the navigation's group that a page belongs to; empty where it has none. */
const SectionContext = createContext('');

/** Tells everything inside which group of the navigation it belongs to. */
export function Section(props: { group: string; children: ComponentChildren }): VNode {
  return <SectionContext.Provider value={props.group}>{props.children}</SectionContext.Provider>;
}

export const useSection = (): string => useContext(SectionContext);
