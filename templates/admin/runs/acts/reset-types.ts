/** Things done outside that were done after the point, so that they are come across again. */
export interface EffectCount {
  kind: 'email' | 'payment' | 'vendor';
  /** `once`: a key keeps it from being done a second time; `again`: it is done a second time. */
  whenReset: 'once' | 'again';
  count: number;
}

/** What a reset to a step does. */
export interface ResetPreview {
  step: string;
  title: string;
  /** Temporal's event that is gone back to. */
  eventId: number;
  /** When the step began; ISO time. */
  at: string;
  /** Titles of the steps that run again, of those the run has begun. */
  again: readonly string[];
  /** Titles of the steps that stay as they are. */
  kept: readonly string[];
  effects: readonly EffectCount[];
  /** Titles of activities of which nothing is declared: they may be done a second time. */
  undeclared: readonly string[];
  /** Updates and signals that arrived afterwards: the new run gets them again. */
  messages: readonly { title: string; count: number }[];
  /** Runs it started after the point. */
  children: number;
  /** Another run started it and waits for it. */
  hasParent: boolean;
  isOpen: boolean;
}
