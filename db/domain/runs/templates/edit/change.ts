import type { Definition, Parameter, Step } from '../definition.ts';

/** Paths lead through a definition as those of its issues do: "steps.2.then.0". */
type Lists = Record<string, unknown>;

/** The list of steps at a path, to be changed; undefined where there is none. */
function listAt(definition: Definition, path: string): Step[] | undefined {
  let found: unknown = definition;
  const parts = path.split('.');
  parts.forEach((part, index) => {
    // A condition may have no list for "otherwise" yet.
    if (part === 'else' && index === parts.length - 1) (found as { else?: Step[] }).else ??= [];
    found =
      found !== null && typeof found === 'object' && Object.hasOwn(found, part)
        ? (found as Lists)[part]
        : undefined;
  });
  const isList = /(?:^|\.)(?:steps|then|else|branches\.\d+)$/.test(path) && Array.isArray(found);
  return isList ? (found as Step[]) : undefined;
}

/** Where a step stands: its list, and its place in it. */
function split(path: string): { list: string; index: number } {
  const dot = path.lastIndexOf('.');
  return { list: path.slice(0, dot), index: Number(path.slice(dot + 1)) };
}

export function stepAt(definition: Definition, path: string): Step | null {
  const { list, index } = split(path);
  return listAt(structuredClone(definition), list)?.[index] ?? null;
}

/** Whether steps can be put into a list of that path. */
export const hasList = (definition: Definition, path: string): boolean =>
  listAt(structuredClone(definition), path) !== undefined;

/** A changed copy; null where the path leads nowhere. A list for "otherwise" that is empty is left out. */
function changed(definition: Definition, path: string, work: (list: Step[]) => boolean): Definition | null {
  const copy = structuredClone(definition);
  const list = listAt(copy, path);
  if (!list || !work(list)) return null;
  prune(copy.steps);
  return copy;
}

function prune(steps: Step[]): void {
  for (const step of steps) {
    if (step.kind === 'condition') {
      if (step.else?.length === 0) delete step.else;
      prune(step.then);
      prune(step.else ?? []);
    } else if (step.kind === 'parallel') step.branches.forEach(prune);
    else if (step.kind === 'loop') prune(step.steps);
  }
}

/** With a step before the one at a place of a list. */
export const withStep = (definition: Definition, path: string, step: Step): Definition | null => {
  const { list, index } = split(path);
  return changed(definition, list, (steps) => {
    if (!(index >= 0 && index <= steps.length)) return false;
    steps.splice(index, 0, step);
    return true;
  });
};

export const withStepReplaced = (definition: Definition, path: string, step: Step): Definition | null => {
  const { list, index } = split(path);
  return changed(definition, list, (steps) => {
    if (!steps[index]) return false;
    steps[index] = step;
    return true;
  });
};

/** What can be done with a step, or with a branch, besides editing it. */
export const moves = ['up', 'down', 'remove', 'add-branch', 'remove-branch'] as const;
export type Move = (typeof moves)[number];

/** A changed copy; null where that can't be done. */
export function moved(definition: Definition, path: string, move: Move): Definition | null {
  if (move === 'remove-branch') return withoutBranch(definition, path);
  const { list, index } = split(path);
  return changed(definition, list, (steps) => {
    const step = steps[index];
    if (!step) return false;
    if (move === 'add-branch') {
      if (step.kind !== 'parallel') return false;
      step.branches.push([]);
      return true;
    }
    steps.splice(index, 1);
    if (move === 'remove') return true;
    const to = move === 'up' ? index - 1 : index + 1;
    if (to < 0 || to > steps.length) return false;
    steps.splice(to, 0, step);
    return true;
  });
}

function withoutBranch(definition: Definition, path: string): Definition | null {
  const match = /^(.*)\.branches\.(\d+)$/.exec(path);
  if (!match) return null;
  const { list, index } = split(match[1] ?? '');
  return changed(definition, list, (steps) => {
    const step = steps[index];
    if (step?.kind !== 'parallel' || step.branches.length <= 2) return false;
    return step.branches.splice(Number(match[2]), 1).length === 1;
  });
}

/** With a parameter in place of the one called `was`, or at the end where there was none. */
export function withParameter(
  definition: Definition,
  was: string | null,
  given: { name: string; parameter: Parameter; required: boolean },
): Definition {
  const { name, parameter, required } = given;
  const { properties, required: before } = definition.parameters;
  const entries = Object.entries(properties);
  const changed: [string, Parameter][] =
    was !== null && Object.hasOwn(properties, was)
      ? entries.map(([key, one]) => (key === was ? [name, parameter] : [key, one]))
      : [...entries, [name, parameter]];
  const others = before.filter((one) => one !== was && one !== name);
  return {
    ...definition,
    parameters: {
      type: 'object',
      properties: Object.fromEntries(changed),
      required: Object.keys(Object.fromEntries(changed)).filter(
        (key) => others.includes(key) || (required && key === name),
      ),
    },
  };
}

export function withoutParameter(definition: Definition, name: string): Definition {
  const { properties, required } = definition.parameters;
  const kept = Object.entries(properties).filter(([key]) => key !== name);
  return {
    ...definition,
    parameters: {
      type: 'object',
      properties: Object.fromEntries(kept),
      required: required.filter((key) => key !== name),
    },
  };
}
