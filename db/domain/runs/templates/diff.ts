import { allSteps, childrenOf, type Definition, type Json, type Step } from './definition.ts';

/** One step that is different in another version. */
export interface StepChange {
  id: string;
  title: string;
  kind: Step['kind'];
  change: 'added' | 'removed' | 'changed' | 'moved';
  /** Of a changed one: its fields, before and after; undefined where it has none. */
  fields: readonly { name: string; before: Json | undefined; after: Json | undefined }[];
}

/** A parameter that is different. */
export interface ParameterChange {
  name: string;
  change: 'added' | 'removed' | 'changed';
}

const same = (a: unknown, b: unknown) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** Objects whose fields stand in another order are the same. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

const lists = ['then', 'else', 'branches', 'steps'];

/** The fields of a step without the steps inside it. */
const ownFields = (step: Step): Record<string, Json> =>
  Object.fromEntries(Object.entries(step).filter(([name]) => !lists.includes(name)));

function changeOf(before: Step, after: Step): StepChange | null {
  const [old, now] = [ownFields(before), ownFields(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const fields = names
    .filter((name) => !same(old[name], now[name]))
    .map((name) => ({ name, before: old[name], after: now[name] }));
  if (fields.length === 0) return null;
  return { id: after.id, title: after.title, kind: after.kind, change: 'changed', fields };
}

/** The step before each step in its list, and the list. */
function placesOf(definition: Definition): Map<string, string> {
  const places = new Map<string, string>();
  const walk = (steps: readonly Step[], inside: string): void =>
    steps.forEach((step, index) => {
      places.set(step.id, `${inside}/${steps[index - 1]?.id ?? ''}`);
      for (const { place, steps: inner } of childrenOf(step)) walk(inner, `${step.id}.${place}`);
    });
  walk(definition.steps, '');
  return places;
}

/** What is different in the steps of another version; those of the later one first, in its order. */
export function stepChanges(before: Definition, after: Definition): StepChange[] {
  const old = new Map(allSteps(before.steps).map((step) => [step.id, step]));
  const now = new Map(allSteps(after.steps).map((step) => [step.id, step]));
  const bare = ({ id, title, kind }: Step) => ({ id, title, kind, fields: [] });
  const [oldPlaces, places] = [placesOf(before), placesOf(after)];
  // A step whose neighbour is new or gone has not moved itself.
  const hasMoved = (id: string) => {
    const [was, is] = [oldPlaces.get(id) ?? '', places.get(id) ?? ''];
    const known = (place: string, all: Map<string, Step>) => {
      const [list = '', neighbour = ''] = place.split('/');
      return neighbour === '' || all.has(neighbour) ? `${list}/${neighbour}` : list;
    };
    const [left, right] = [known(was, now), known(is, old)];
    return left.includes('/') && right.includes('/')
      ? left !== right
      : left.split('/')[0] !== right.split('/')[0];
  };
  const changes = [...now.values()].flatMap((step): StepChange[] => {
    const earlier = old.get(step.id);
    if (!earlier) return [{ ...bare(step), change: 'added' }];
    const change = changeOf(earlier, step);
    if (change) return [change];
    return hasMoved(step.id) ? [{ ...bare(step), change: 'moved' }] : [];
  });
  const removed = [...old.values()].filter(({ id }) => !now.has(id));
  return [...changes, ...removed.map((step): StepChange => ({ ...bare(step), change: 'removed' }))];
}

/** What is different in the parameters of another version. */
export function parameterChanges(before: Definition, after: Definition): ParameterChange[] {
  const of = ({ parameters: { properties, required } }: Definition, name: string) =>
    Object.hasOwn(properties, name) ? [properties[name], required.includes(name)] : null;
  const names = [
    ...new Set([...Object.keys(after.parameters.properties), ...Object.keys(before.parameters.properties)]),
  ];
  return names.flatMap((name): ParameterChange[] => {
    const [old, now] = [of(before, name), of(after, name)];
    if (!old) return [{ name, change: 'added' }];
    if (!now) return [{ name, change: 'removed' }];
    return same(old, now) ? [] : [{ name, change: 'changed' }];
  });
}
