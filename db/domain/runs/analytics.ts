import { groupBy } from '../group-by.ts';
import { endStates } from '../progress.ts';

/** Durations are counted in buckets, each this much longer than the one before it: a quantile is right within 4 %. */
export const bucketGrowth = 1.08;

/** A typical duration of a bucket, in milliseconds. */
export const bucketMs = (bucket: number): number => Math.round(bucketGrowth ** (bucket + 0.5));

/** How many runs, or steps of runs, had the same end on the same day after about the same time. */
export interface RunSum {
  /** UTC: `2026-11-22`. */
  day: string;
  process: string;
  /** Build of the worker that ended it; empty where Temporal does not tell. */
  version: string;
  /** Key of the step; empty for the whole run. */
  step: string;
  /** A state in which a run, or a step, can end. */
  state: string;
  /** A code of the error table; empty where nothing went wrong. */
  cause: string;
  bucket: number;
  runs: number;
  /** Those of them that needed more than one attempt. */
  retried: number;
}

/** How runs, or steps of runs, ended. */
export interface RunFigures {
  ended: number;
  done: number;
  failed: number;
  /** What was asked for could not be had, with nothing broken. */
  refused: number;
  stopped: number;
  /** Share of those that ended as done or failed, 0–1; null where none did. */
  successRate: number | null;
  /** Of those that were done; null where none were. */
  p50Ms: number | null;
  p95Ms: number | null;
  retried: number;
}

const countOf = (sums: readonly RunSum[]) => sums.reduce((total, { runs }) => total + runs, 0);

/** The duration that this share of the runs did not exceed; null without runs. */
export function quantileMs(sums: readonly RunSum[], share: number): number | null {
  const wanted = countOf(sums) * share;
  let seen = 0;
  for (const { bucket, runs } of [...sums].sort((a, b) => a.bucket - b.bucket)) {
    seen += runs;
    if (seen >= wanted) return bucketMs(bucket);
  }
  return null;
}

/** States of a step that stands where its run ended for good. */
const failedStates: readonly string[] = ['failed', 'needsAttention'];

export function figuresOf(sums: readonly RunSum[]): RunFigures {
  const of = (states: readonly string[]) => sums.filter(({ state }) => states.includes(state));
  const doneSums = of(['done']);
  const done = countOf(doneSums);
  const failed = countOf(of(failedStates));
  return {
    ended: countOf(of([...endStates, ...failedStates.slice(1)])),
    done,
    failed,
    refused: countOf(of(['refused'])),
    stopped: countOf(of(['stopped'])),
    successRate: done + failed === 0 ? null : done / (done + failed),
    p50Ms: quantileMs(doneSums, 0.5),
    p95Ms: quantileMs(doneSums, 0.95),
    retried: sums.reduce((total, { retried }) => total + retried, 0),
  };
}

/** Groups sums, the group with the most runs first. */
export const groupSums = (sums: readonly RunSum[], keyOf: (sum: RunSum) => string): [string, RunSum[]][] =>
  groupBy(sums, keyOf).sort(([, a], [, b]) => countOf(b) - countOf(a));

/** Why runs failed: the same code at the same step of the same process is one cause. The most frequent first. */
export interface FailureCause {
  process: string;
  step: string;
  cause: string;
  runs: number;
  /** Day it was last seen, UTC. */
  lastDay: string;
}

export function causesOf(sums: readonly RunSum[]): FailureCause[] {
  const failures = sums.filter(({ step, state }) => step !== '' && failedStates.includes(state));
  return groupSums(failures, ({ process, step, cause }) => `${process} ${step} ${cause}`).map(([, group]) => {
    const { process, step, cause } = group[0] as RunSum;
    const lastDay = group.reduce((last, { day }) => (day > last ? day : last), '');
    return { process, step, cause, runs: countOf(group), lastDay };
  });
}

/** Steps that took longer than they are expected to. */
export const countLate = (sums: readonly RunSum[], lateAfterMs: number): number =>
  countOf(sums.filter(({ bucket }) => bucketMs(bucket) > lateAfterMs));
