import type { Json, Step } from '../../../db/domain/runs/templates/definition.ts';
import type { Effect } from '../../../db/domain/runs/templates/effects.ts';
import { plainCount } from '../../../db/domain/plural.ts';

const groups: Readonly<Record<string, string>> = {
  starter: 'the person who starts it',
  owner: 'the owner',
  admins: 'owners and administrators',
  team: 'the whole team',
};
const deciders = { owner: 'the owner', admin: 'an owner or administrator' } as const;

const most = 140;
const short = (value: Json | undefined): string => {
  const text = typeof value === 'string' ? value.replace(/\s+/g, ' ') : JSON.stringify(value ?? '');
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};
/** An expression as it is read inside a sentence. */
const said = (value: Json | undefined): string =>
  typeof value === 'string' && value.startsWith('=') ? value.slice(1).trim() : short(value);
const whom = (to: Json): string => (typeof to === 'string' && groups[to]) || said(to);

function lengthOf({ days, hours, minutes }: { days?: Json; hours?: Json; minutes?: Json }): string {
  const part = (value: Json | undefined, one: string, many: string) => {
    if (value === undefined) return [];
    return [typeof value === 'number' ? plainCount(value, one, many) : `${said(value)} ${many}`];
  };
  return [
    ...part(days, 'day', 'days'),
    ...part(hours, 'hour', 'hours'),
    ...part(minutes, 'minute', 'minutes'),
  ].join(' ');
}

function waitWords(step: Extract<Step, { kind: 'wait' }>): string {
  if (step.event)
    return `Waits for the event “${step.event.action}”, at most ${plainCount(step.event.withinDays, 'day', 'days')}`;
  if (step.until !== undefined) return `Waits until ${said(step.until)}`;
  return `Waits ${lengthOf(step.for ?? {}) || 'no time'}`;
}

/** What a step does, in a sentence without its full stop. */
export function stepWords(step: Step): string {
  switch (step.kind) {
    case 'mail':
      return `Emails ${whom(step.to)}: “${short(step.subject)}”`;
    case 'tool':
      return `Uses ${step.tool.replaceAll('_', ' ')}`;
    case 'http':
      return `Calls ${step.method} ${said(step.url)}`;
    case 'approval':
      return `Asks ${deciders[step.by]}: “${short(step.question)}”`;
    case 'wait':
      return waitWords(step);
    case 'record':
      return `Writes a note: “${short(step.text)}”`;
    case 'set':
      return `Keeps ${Object.keys(step.values).join(', ') || 'nothing'}`;
    case 'condition':
      return `Checks whether ${short(step.if)}`;
    case 'parallel':
      return `Does ${plainCount(step.branches.length, 'branch', 'branches')} at the same time`;
    case 'loop':
      return step.over === undefined
        ? `Repeats while ${short(step.while)}, at most ${plainCount(step.max, 'time', 'times')}`
        : `Repeats for each of ${said(step.over)}, at most ${plainCount(step.max, 'time', 'times')}`;
    case 'template':
      return 'Runs the steps of another template';
  }
}

/** What a step would do, with every value known. */
export function effectWords(effect: Effect): string {
  switch (effect.kind) {
    case 'mail':
      return `Would email ${whom(effect.to)}: “${short(effect.subject)}”`;
    case 'tool':
      return `Would use ${effect.tool.replaceAll('_', ' ')}`;
    case 'http':
      return `Would call ${effect.method} ${short(effect.url)}`;
    case 'approval':
      return `Would ask ${deciders[effect.by]}: “${short(effect.question)}”`;
    case 'wait':
      return effect.event
        ? `Would wait for “${effect.event.action}”, at the latest until`
        : 'Would wait until';
    case 'record':
      return `Would write a note: “${short(effect.text)}”`;
    case 'set':
      return 'Keeps values';
  }
}
