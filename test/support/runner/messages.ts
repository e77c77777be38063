/** What the runner tells a test process: run one file, or stop everything and end. */
export type Order = Readonly<{ kind: 'run'; path: string } | { kind: 'stop' }>;

/** What a test process tells the runner: that it takes files now, then what happens in one; titles are full titles. */
export type News = Readonly<
  | { kind: 'ready' }
  | { kind: 'began'; title: string }
  | { kind: 'passed' }
  | { kind: 'skipped'; title: string }
  | { kind: 'failed'; title: string; error: string }
  | { kind: 'done' }
>;
