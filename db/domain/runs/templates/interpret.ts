import {
  allSteps,
  type Bundle,
  type Definition,
  type Json,
  type LeafStep,
  limits,
  type LoopStep,
  type Step,
  type SubTemplateStep,
} from './definition.ts';
import { type Effect, effectOf, sizeOf, solved, TemplateFault } from './effects.ts';
import { evaluate, isTrue, type Names, valueOf } from './evaluate.ts';
import { withDefaults } from './parameters.ts';
import { parse } from './parse.ts';

/** A step as it is taken. */
export interface Taken {
  /** Its id; inside a template that is used, after the id of the step that uses it: "remind/mail". */
  key: string;
  /** The same with the rounds of loops: "each[2]/mail". Unique in a run. */
  path: string;
  kind: Step['kind'];
  outcome: 'done' | 'failed' | 'skipped';
}

/** The time as one line of steps sees it. A dry run moves it; a real one doesn't need it. */
export interface Clock {
  nowMs: number;
}

/** Where a template runs: as a workflow, or simulated. */
export interface Host {
  nowMs(clock: Clock): number;
  /** Does what a step asks for; its result. */
  perform(effect: Effect, at: { key: string; path: string; step: LeafStep; clock: Clock }): Promise<Json>;
  /** Takes one step by `work`, perhaps more than once; undefined where a person skipped it. */
  take<T>(key: string, work: () => Promise<T>): Promise<T | undefined>;
  /** Steps that aren't taken. */
  leaveOut(keys: readonly string[]): void;
  /** The code of a failure after which an optional step counts as taken; null: it ends the run. */
  codeOf(error: unknown): string | null;
}

/** What expressions know besides parameters and results. */
export interface Facts {
  business: Record<string, Json>;
  run: Record<string, Json>;
}

/** One list of steps with what its expressions see. */
interface Frame {
  definition: Definition;
  names: Map<string, Json>;
  results: Record<string, Json>;
  /** Before the ids of its steps, in keys and paths. */
  prefix: { key: string; path: string };
  clock: Clock;
}

/** A step on the page of a run. */
export interface Row {
  key: string;
  title: string;
  kind: Step['kind'];
}

/** Every step that a run of a bundle can take, in the order in which it is written. */
export function rowsOf({ root, used }: Bundle): Row[] {
  const walk = ({ steps }: Definition, prefix: string, depth: number): Row[] =>
    allSteps(steps).flatMap((step): Row[] => {
      const row = { key: prefix + step.id, title: step.title, kind: step.kind };
      const inside = step.kind === 'template' ? used[step.template] : undefined;
      if (!inside || depth >= limits.templateDepth) return [row];
      return [row, ...walk(inside, `${row.key}/`, depth + 1)];
    });
  return walk(root, '', 0);
}

/**
 * Runs a template from its first step to its last. Pure but for its host: the same definitions, parameters, facts and
 * results give the same steps in the same order. Throws `TemplateFault` beyond the bounds, and what the host throws.
 */
export async function interpret(
  bundle: Bundle,
  parameters: Record<string, Json>,
  facts: Facts,
  host: Host,
  clock: Clock,
  /** Filled with the steps as they are taken. */
  taken: Taken[] = [],
): Promise<Record<string, Json>> {
  let budget: number = limits.taken;
  let characters: number = limits.volume;

  const rootsOf = (given: Record<string, Json>): Map<string, Json> =>
    new Map<string, Json>([
      ['parameters', given],
      ['business', facts.business],
      ['run', facts.run],
    ]);
  const namesOf = (frame: Frame): Names =>
    new Map([
      ...frame.names,
      ...Object.entries(frame.results).map(([id, value]) => [`steps.${id}`, value] as const),
    ]);
  const at = (frame: Frame, step: Step) => ({
    key: frame.prefix.key + step.id,
    path: frame.prefix.path + step.id,
  });

  function spend(step: Step): void {
    budget -= 1;
    if (budget < 0) throw new TemplateFault('template.too-many-steps', step.id);
  }

  /** What a step sends or keeps, within what one value and the whole run may hold. */
  function weighed<T extends Json | Effect>(value: T, step: Step): T {
    const size = sizeOf(value, limits.value);
    characters -= size;
    if (size > limits.value || characters < 0) throw new TemplateFault('template.too-large', step.id);
    return value;
  }

  /** Takes a step, and writes down how it went. */
  async function take<T>(frame: Frame, step: Step, work: () => Promise<T>): Promise<T | undefined> {
    spend(step);
    const place = at(frame, step);
    const entry: Taken = { ...place, kind: step.kind, outcome: 'failed' };
    taken.push(entry);
    const found = await host.take(place.key, work);
    entry.outcome = found === undefined ? 'skipped' : 'done';
    return found;
  }

  async function leaf(frame: Frame, step: LeafStep): Promise<Json> {
    const entryAt = taken.length;
    let failed = false;
    const found = await take(frame, step, async (): Promise<Json> => {
      try {
        const effect = weighed(effectOf(step, namesOf(frame), host.nowMs(frame.clock)), step);
        if (effect.kind === 'set') return effect.values;
        return weighed(await host.perform(effect, { ...at(frame, step), step, clock: frame.clock }), step);
      } catch (error) {
        const optional = 'optional' in step && step.optional === true;
        const code = optional ? codeOf(error) : null;
        if (code === null) throw error;
        failed = true;
        return { failed: true, code };
      }
    });
    const entry = taken[entryAt];
    if (failed && entry) entry.outcome = 'failed';
    return found ?? null;
  }

  const codeOf = (error: unknown) => (error instanceof TemplateFault ? error.code : host.codeOf(error));

  async function steps(list: readonly Step[], frame: Frame): Promise<void> {
    for (const step of list) frame.results[step.id] = await one(step, frame);
  }

  function one(step: Step, frame: Frame): Promise<Json> {
    switch (step.kind) {
      case 'condition':
        return condition(step, frame);
      case 'parallel':
        return parallel(step, frame);
      case 'loop':
        return loop(step, frame);
      case 'template':
        return subTemplate(step, frame);
      default:
        return leaf(frame, step);
    }
  }

  const leaveOut = (list: readonly Step[], frame: Frame) => {
    const inside = { root: { ...frame.definition, steps: [...list] }, used: bundle.used };
    host.leaveOut(rowsOf(inside).map(({ key }) => frame.prefix.key + key));
  };

  async function condition(step: Extract<Step, { kind: 'condition' }>, frame: Frame): Promise<Json> {
    const held = await take(frame, step, async () =>
      solved(() => isTrue(evaluate(parse(step.if), namesOf(frame)))),
    );
    const [chosen, other] = held ? [step.then, step.else] : [step.else, step.then];
    leaveOut(other ?? [], frame);
    await steps(chosen ?? [], frame);
    return { held: held ?? false };
  }

  async function parallel(step: Extract<Step, { kind: 'parallel' }>, frame: Frame): Promise<Json> {
    await take(frame, step, async () => null);
    const branches = step.branches.map((list) => ({
      list,
      // No branch sees what another one does.
      frame: { ...frame, results: { ...frame.results }, clock: { ...frame.clock } },
    }));
    await Promise.all(branches.map((branch) => steps(branch.list, branch.frame)));
    for (const branch of branches) {
      for (const { id } of allSteps(branch.list))
        if (Object.hasOwn(branch.frame.results, id)) frame.results[id] = branch.frame.results[id] ?? null;
      frame.clock.nowMs = Math.max(frame.clock.nowMs, branch.frame.clock.nowMs);
    }
    return { branches: branches.length };
  }

  async function round(step: LoopStep, frame: Frame, index: number, item: Json): Promise<void> {
    const inside: Frame = {
      ...frame,
      names: new Map([...frame.names, [step.as, item], ['index', index]]),
      prefix: { key: frame.prefix.key, path: `${frame.prefix.path}${step.id}[${index}]/` },
    };
    await steps(step.steps, inside);
  }

  async function loop(step: LoopStep, frame: Frame): Promise<Json> {
    let rounds = 0;
    if (step.over !== undefined) {
      const items = await take(frame, step, async () => listOf(step, frame));
      for (const item of items ?? []) await round(step, frame, rounds++, item);
    } else {
      const holds = () =>
        take(frame, step, async () =>
          solved(() => isTrue(evaluate(parse(step.while ?? 'false'), namesOf(frame)))),
        );
      while (rounds < step.max && (await holds())) await round(step, frame, rounds++, null);
    }
    if (rounds === 0) leaveOut(step.steps, frame);
    return { rounds };
  }

  function listOf(step: LoopStep, frame: Frame): Json[] {
    const items = solved(() => valueOf(step.over ?? null, namesOf(frame)));
    if (!Array.isArray(items)) throw new TemplateFault('template.value-wrong', 'over');
    return items.slice(0, Math.min(step.max, limits.rounds));
  }

  async function subTemplate(step: SubTemplateStep, frame: Frame): Promise<Json> {
    const definition = bundle.used[step.template];
    const given = await take(frame, step, async () => {
      if (!definition) throw new TemplateFault('template.value-wrong', step.template);
      const values = solved(() => valueOf(step.parameters, namesOf(frame)) as Record<string, Json>);
      const { wrong, filled } = withDefaults(definition.parameters, values);
      if (wrong !== null) throw new TemplateFault('template.value-wrong', wrong);
      return filled;
    });
    if (!definition || !given) {
      if (definition) leaveOut([step], frame);
      return null;
    }
    const { key, path } = at(frame, step);
    const prefix = { key: `${key}/`, path: `${path}/` };
    return within({ definition, names: rootsOf(given), results: {}, prefix, clock: frame.clock });
  }

  async function within(frame: Frame): Promise<Record<string, Json>> {
    await steps(frame.definition.steps, frame);
    return solved(() => valueOf(frame.definition.result ?? {}, namesOf(frame)) as Record<string, Json>);
  }

  const root = { definition: bundle.root, names: rootsOf(parameters), results: {} };
  return within({ ...root, prefix: { key: '', path: '' }, clock });
}
