import { allSteps, type Definition, type Json, limits, type Step, type Value } from './definition.ts';
import { type Known, type Scope, typeOfExpression, unknown } from './check-expression.ts';
import type { Issue, IssueCode, Library } from './issue.ts';
import { checkStart } from './check-start.ts';
import { business, flag, knownParameter, object, text } from './known.ts';
import { emailPattern, mailGroups } from './effects.ts';
import { fits, partsOf } from './evaluate.ts';
import { ExpressionError } from './expression.ts';
import { type Type, typeOf } from './functions.ts';
import { parse } from './parse.ts';
import { fitsParameter } from './parameters.ts';

/** What can be told of the result of a step before it is taken. An optional step may have failed instead. */
function resultOf(step: Step, scope: Scope): Known {
  const failure: Record<string, Known> =
    'optional' in step && step.optional ? { failed: flag, code: text } : {};
  switch (step.kind) {
    case 'mail':
      return object({ sent: flag, ...failure });
    case 'http':
      return object({ status: { type: 'integer' }, body: unknown, ...failure });
    case 'approval':
      return object({ outcome: text, approved: flag, ...failure });
    case 'wait':
      return object({ happened: flag, at: text, ...failure });
    case 'record':
      return object({ recorded: flag, ...failure });
    case 'set':
      return object(
        Object.fromEntries(Object.entries(step.values).map(([name, value]) => [name, knownOf(value, scope)])),
      );
    case 'condition':
      return object({ held: flag });
    case 'parallel':
      return object({ branches: { type: 'integer' } });
    case 'loop':
      return object({ rounds: { type: 'integer' } });
    default:
      return unknown;
  }
}

function knownOf(value: Value, scope: Scope): Known {
  if (typeof value === 'string' && value.startsWith('=')) {
    try {
      return typeOfExpression(parse(value.slice(1)), scope);
    } catch {
      return unknown;
    }
  }
  return { type: typeOf(value) };
}

/** What every expression knows besides parameters and results. */
const facts: readonly [string, Known][] = [
  ['business', business],
  ['run', object({ started_at: text, started_by: text, template: text })],
];

function checker(library: Library, issues: Issue[]) {
  const report = (at: string, step: Step | null, code: IssueCode, more: Partial<Issue> = {}) =>
    void issues.push({ at, step: step?.id ?? null, code, ...more });

  function expression(source: string, scope: Scope, at: string, step: Step | null, offset = 0): Known {
    try {
      return typeOfExpression(parse(source), scope);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const { problem, place, about } = error;
      report(at, step, 'expression', {
        problem,
        place: place + offset,
        ...(about !== undefined && { about }),
      });
      return unknown;
    }
  }

  /** Checks the expressions in a value; what it gives. */
  function value(given: Value, scope: Scope, at: string, step: Step | null): Known {
    if (typeof given === 'string') {
      if (given.startsWith('=')) return expression(given.slice(1), scope, at, step, 1);
      try {
        for (const part of partsOf(given)) {
          if ('expression' in part) expression(part.expression, scope, at, step, part.place);
        }
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        report(at, step, 'expression', { problem: error.problem, place: error.place });
      }
      return text;
    }
    if (given !== null && typeof given === 'object') {
      for (const [name, one] of Object.entries(given)) value(one, scope, `${at}.${name}`, step);
    }
    return { type: typeOf(given) };
  }

  function typed(given: Value | undefined, wanted: Type, scope: Scope, at: string, step: Step): void {
    if (given === undefined) return;
    const { type } = value(given, scope, at, step);
    const isText = typeof given === 'string' && !given.startsWith('=');
    if (!fits(type, wanted) || (isText && wanted !== 'string'))
      report(at, step, 'wrong-type', { about: wanted });
  }

  function tool(step: Extract<Step, { kind: 'tool' }>, scope: Scope, at: string): void {
    const shape = library.tool(step.server, step.tool);
    if (!shape) report(`${at}.tool`, step, 'unknown-tool', { about: `${step.server}/${step.tool}` });
    for (const [name, given] of Object.entries(step.arguments)) {
      const place = `${at}.arguments.${name}`;
      const { type } = value(given, scope, place, step);
      const wanted = shape?.properties[name];
      if (shape && !wanted && !shape.open) report(place, step, 'unknown-argument', { about: name });
      const types = [wanted?.type ?? []].flat().map((one) => (one === 'number' ? 'integer' : one));
      if (types.length > 0 && type !== 'null' && !types.some((one) => fits(type, one as Type)))
        report(place, step, 'wrong-type', { about: types.map(String).join(', ') });
    }
    for (const name of shape?.required ?? []) {
      if (!Object.hasOwn(step.arguments, name))
        report(`${at}.arguments.${name}`, step, 'missing-argument', { about: name });
    }
  }

  function wait(step: Extract<Step, { kind: 'wait' }>, scope: Scope, at: string): void {
    const given = [step.for, step.until, step.event].filter((one) => one !== undefined);
    if (given.length !== 1) report(`${at}.for`, step, 'one-of');
    for (const [unit, one] of Object.entries(step.for ?? {}))
      typed(one, 'integer', scope, `${at}.for.${unit}`, step);
    typed(step.until, 'string', scope, `${at}.until`, step);
    if (!step.event) return;
    if (!library.isEvent(step.event.action))
      report(`${at}.event.action`, step, 'unknown-event', { about: step.event.action });
    typed(step.event.about, 'string', scope, `${at}.event.about`, step);
  }

  function mail(step: Extract<Step, { kind: 'mail' }>, scope: Scope, at: string): void {
    for (const part of ['to', 'subject', 'body'] as const)
      typed(step[part], 'string', scope, `${at}.${part}`, step);
    const { to } = step;
    if (typeof to !== 'string' || to.startsWith('=') || to.includes('{{')) return;
    if (!(mailGroups as readonly string[]).includes(to) && !emailPattern.test(to))
      report(`${at}.to`, step, 'wrong-address');
  }

  function http(step: Extract<Step, { kind: 'http' }>, scope: Scope, at: string): void {
    typed(step.url, 'string', scope, `${at}.url`, step);
    if (typeof step.url === 'string' && !step.url.startsWith('=') && !isPublicUrl(step.url))
      report(`${at}.url`, step, 'not-public');
    value(step.headers ?? {}, scope, `${at}.headers`, step);
    value(step.body ?? null, scope, `${at}.body`, step);
  }

  function subTemplate(
    step: Extract<Step, { kind: 'template' }>,
    scope: Scope,
    at: string,
    inside: readonly string[],
  ): void {
    const used = library.template(step.template);
    if (inside.includes(step.template)) report(`${at}.template`, step, 'template-cycle');
    else if (!used) report(`${at}.template`, step, 'unknown-template', { about: step.template });
    else if (inside.length > limits.templateDepth)
      report(`${at}.template`, step, 'too-deep', { about: String(limits.templateDepth) });
    else cycle(used, step, at, [...inside, step.template]);
    for (const [name, given] of Object.entries(step.parameters)) {
      const place = `${at}.parameters.${name}`;
      const { type } = value(given, scope, place, step);
      const parameter = used?.parameters.properties[name];
      if (used && !parameter) report(place, step, 'unknown-argument', { about: name });
      if (parameter && !fits(type, parameter.type))
        report(place, step, 'wrong-type', { about: parameter.type });
    }
    for (const name of used?.parameters.required ?? []) {
      const isGiven =
        Object.hasOwn(step.parameters, name) || used?.parameters.properties[name]?.default !== undefined;
      if (!isGiven) report(`${at}.parameters.${name}`, step, 'missing-argument', { about: name });
    }
  }

  /** Templates that are used were checked themselves; together they must end. */
  function cycle(used: Definition, step: Step, at: string, inside: readonly string[]): void {
    for (const one of allSteps(used.steps)) {
      if (one.kind !== 'template') continue;
      if (inside.includes(one.template)) report(`${at}.template`, step, 'template-cycle');
      else if (inside.length > limits.templateDepth)
        report(`${at}.template`, step, 'too-deep', { about: String(limits.templateDepth) });
      else {
        const next = library.template(one.template);
        if (next) cycle(next, step, at, [...inside, one.template]);
      }
    }
  }

  function loop(
    step: Extract<Step, { kind: 'loop' }>,
    scope: Scope,
    at: string,
    level: number,
    inside: readonly string[],
  ): Scope {
    if ((step.over === undefined) === (step.while === undefined)) report(`${at}.over`, step, 'one-of');
    const list = step.over === undefined ? null : value(step.over, scope, `${at}.over`, step);
    if (list && !fits(list.type, 'array')) report(`${at}.over`, step, 'wrong-type', { about: 'array' });
    const item = list ? (list.items ?? unknown) : ({ type: 'null' } as const);
    const names = new Map([
      ...scope.names,
      [step.as, item] as const,
      ['index', { type: 'integer' }] as const,
    ]);
    const found = steps(step.steps, { ...scope, names }, `${at}.steps`, level + 1, inside);
    // Rounds after the first see what the one before it did.
    if (step.while !== undefined)
      expression(step.while, { names: scope.names, steps: found }, `${at}.while`, step);
    return { names: scope.names, steps: found };
  }

  /** Checks a step; what is known after it. */
  function one(step: Step, scope: Scope, at: string, level: number, inside: readonly string[]): Scope {
    switch (step.kind) {
      case 'tool':
        tool(step, scope, at);
        return scope;
      case 'mail':
        mail(step, scope, at);
        return scope;
      case 'http':
        http(step, scope, at);
        return scope;
      case 'wait':
        wait(step, scope, at);
        return scope;
      case 'approval':
        typed(step.question, 'string', scope, `${at}.question`, step);
        return scope;
      case 'record':
        typed(step.text, 'string', scope, `${at}.text`, step);
        return scope;
      case 'set':
        value(step.values, scope, `${at}.values`, step);
        return scope;
      case 'condition': {
        expression(step.if, scope, `${at}.if`, step);
        const then = steps(step.then, scope, `${at}.then`, level + 1, inside);
        const other = steps(step.else ?? [], scope, `${at}.else`, level + 1, inside);
        return { ...scope, steps: new Map([...then, ...other]) };
      }
      case 'parallel': {
        const all = step.branches.flatMap((list, index) => [
          ...steps(list, scope, `${at}.branches.${index}`, level + 1, inside),
        ]);
        return { ...scope, steps: new Map([...scope.steps, ...all]) };
      }
      case 'loop':
        return loop(step, scope, at, level, inside);
      case 'template':
        subTemplate(step, scope, at, inside);
        return scope;
    }
  }

  function steps(
    list: readonly Step[],
    scope: Scope,
    at: string,
    level: number,
    inside: readonly string[],
  ): ReadonlyMap<string, Known> {
    if (level > limits.depth) report(at, list[0] ?? null, 'too-deep', { about: String(limits.depth) });
    let known = scope.steps;
    list.forEach((step, index) => {
      const after = one(step, { names: scope.names, steps: known }, `${at}.${index}`, level, inside);
      known = new Map([...after.steps, [step.id, resultOf(step, { ...scope, steps: known })] as const]);
    });
    return known;
  }

  return { report, value, expression, steps };
}

/** Literal addresses that can't be public are told at once; names are checked when they are looked up. */
function isPublicUrl(url: string): boolean {
  const host = /^https?:\/\/(\[[^\]]*\]|[^/:?#]*)/i.exec(url)?.[1]?.toLowerCase();
  if (host === undefined || host === '') return url.startsWith('{{');
  if (host.includes('{{')) return true;
  return host.includes('.') && !/^[\d.]+$/.test(host) && !/(?:^|\.)(?:localhost|local|internal)$/.test(host);
}

/** How deep lists and objects lie in each other; looked at before anything walks a definition. */
export function isTooDeep(value: unknown, most = 40): boolean {
  if (value === null || typeof value !== 'object') return false;
  return most === 0 || Object.values(value).some((one) => isTooDeep(one, most - 1));
}

/** Everything that is wrong with a definition of the right shape, each at its place. `self` is its id, against circles. */
export function check(definition: Definition, library: Library, self: string): Issue[] {
  const issues: Issue[] = [];
  const checks = checker(library, issues);
  const { report, value, steps } = checks;
  const { properties, required } = definition.parameters;
  for (const [name, parameter] of Object.entries(properties)) {
    const { default: given } = parameter;
    if (given !== undefined && !fitsParameter(parameter, given as Json))
      report(`parameters.properties.${name}.default`, null, 'wrong-default', { about: name });
  }
  for (const name of required) {
    if (!Object.hasOwn(properties, name))
      report('parameters.required', null, 'unknown-argument', { about: name });
  }
  checkStart(definition, library, checks);
  const all = allSteps(definition.steps);
  if (all.length > limits.steps) report('steps', null, 'too-many-steps', { about: String(limits.steps) });
  const seen = new Set<string>();
  for (const step of all) {
    if (seen.has(step.id)) report('steps', step, 'duplicate-name', { about: step.id });
    seen.add(step.id);
  }
  const parameters = object(
    Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, knownParameter(one)])),
  );
  const scope = {
    names: new Map([...facts, ['parameters', parameters] as const]),
    steps: new Map<string, Known>(),
  };
  const known = steps(definition.steps, scope, 'steps', 1, [self]);
  value(definition.result ?? {}, { ...scope, steps: known }, 'result', null);
  return issues;
}
