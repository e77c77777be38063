import type { Bundle, Json, LeafStep } from './definition.ts';
import { type Effect, TemplateFault } from './effects.ts';
import { type Facts, interpret, type Row, rowsOf, type Taken } from './interpret.ts';

/** What a step would have asked of the world, and the example that stood for its answer. */
export interface Simulated {
  path: string;
  effect: Effect;
  result: Json;
  /** ISO time at which it would be done. */
  at: string;
}

/** A whole run without any effect. */
export interface DryRun {
  state: 'done' | 'failed';
  rows: Row[];
  taken: Taken[];
  effects: Simulated[];
  result: Record<string, Json>;
  startedAt: string;
  endsAt: string;
  /** Why it ended early. */
  fault: { code: string; about: string } | null;
}

/** What a step of this kind usually answers with, where it has no example of its own. */
function usualAnswer(effect: Effect): Json {
  switch (effect.kind) {
    case 'mail':
      return { sent: true };
    case 'http':
      return { status: 200, body: null };
    case 'approval':
      return { outcome: 'approved', approved: true };
    case 'wait':
      return { happened: true, at: new Date(effect.untilMs).toISOString() };
    case 'record':
      return { recorded: true };
    default:
      return {};
  }
}

const exampleOf = (step: LeafStep): Json | undefined => ('example' in step ? step.example : undefined);

/** Runs a template as a workflow would, with examples instead of effects and a clock that waits move. */
export async function dryRun(
  bundle: Bundle,
  parameters: Record<string, Json>,
  facts: Facts,
  nowMs: number,
): Promise<DryRun> {
  const clock = { nowMs };
  const effects: Simulated[] = [];
  const taken: Taken[] = [];
  let fault: DryRun['fault'] = null;
  let result: Record<string, Json> = {};
  try {
    const run = interpret(
      bundle,
      parameters,
      facts,
      {
        nowMs: (at) => at.nowMs,
        async perform(effect, { path, step, clock: own }) {
          if (effect.kind === 'wait') own.nowMs = Math.max(own.nowMs, effect.untilMs);
          const answer = exampleOf(step) ?? usualAnswer(effect);
          effects.push({ path, effect, result: answer, at: new Date(own.nowMs).toISOString() });
          return answer;
        },
        take: (_key, work) => work(),
        leaveOut: () => undefined,
        codeOf: () => null,
      },
      clock,
      taken,
    );
    result = await run;
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    fault = { code: error.code, about: error.about };
  }
  return {
    state: fault ? 'failed' : 'done',
    rows: rowsOf(bundle),
    taken,
    effects,
    result,
    startedAt: new Date(nowMs).toISOString(),
    endsAt: new Date(clock.nowMs).toISOString(),
    fault,
  };
}
