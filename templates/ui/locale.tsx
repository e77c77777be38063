import { createContext } from 'preact';
import type { ComponentChildren, VNode } from 'preact';
import { useContext } from 'preact/hooks';
import type { PageContext } from '../page-context.ts';

/** How numbers, money and times are written for the reader; words are English, as the pages are. */
export interface Locale {
  /** Of the reader's emails; tells how figures are grouped. */
  language: string;
  timezone: string;
  /** The moment of rendering; relative times count from it. */
  nowMs: number;
}

const LocaleContext = createContext<Locale>({ language: 'en', timezone: 'UTC', nowMs: 0 });

export function localeOf(frame: Pick<PageContext, 'viewer'>, nowMs: number = Date.now()): Locale {
  return { language: frame.viewer?.language ?? 'en', timezone: frame.viewer?.timezone ?? 'UTC', nowMs };
}

/** Wraps a page or fragment so that everything inside is written with the viewer's figures and timezone. */
export function Localised(props: { frame: Pick<PageContext, 'viewer'>; children: ComponentChildren }): VNode {
  return <LocaleContext.Provider value={localeOf(props.frame)}>{props.children}</LocaleContext.Provider>;
}

export function useLocale(): Locale {
  return useContext(LocaleContext);
}
