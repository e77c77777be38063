import type { Issue, IssueCode, Library } from './issue.ts';
import { type Known, type Scope, unknown } from './check-expression.ts';
import type { Definition, Value } from './definition.ts';
import { fits } from './evaluate.ts';
import { business, object, text } from './known.ts';

interface Checks {
  report: (at: string, step: null, code: IssueCode, more?: Partial<Issue>) => void;
  value: (given: Value, scope: Scope, at: string, step: null) => Known;
  expression: (source: string, scope: Scope, at: string, step: null) => Known;
}

/** What expressions know of the event that starts a run. */
const event = object({ action: text, at: text, about: text, kind: text, data: unknown });
const scope: Scope = {
  names: new Map([
    ['event', event],
    ['business', business],
  ]),
  steps: new Map(),
};

/** What is wrong with the event that starts a template. */
export function checkStart({ on, parameters }: Definition, library: Library, checks: Checks): void {
  if (!on) return;
  const { report, value, expression } = checks;
  if (!library.isEvent(on.action)) report('on.action', null, 'unknown-event', { about: on.action });
  if (on.if !== undefined) expression(on.if, scope, 'on.if', null);
  const { properties, required } = parameters;
  for (const [name, given] of Object.entries(on.parameters)) {
    const at = `on.parameters.${name}`;
    const { type } = value(given, scope, at, null);
    const parameter = properties[name];
    if (!parameter) report(at, null, 'unknown-argument', { about: name });
    else if (!fits(type, parameter.type)) report(at, null, 'wrong-type', { about: parameter.type });
  }
  for (const name of required) {
    const isGiven = Object.hasOwn(on.parameters, name) || properties[name]?.default !== undefined;
    if (!isGiven) report(`on.parameters.${name}`, null, 'missing-argument', { about: name });
  }
}
