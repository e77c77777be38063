import type { NextEvent } from '../../../db/domain/progress.ts';
import type { Ask, SafeAction } from '../../../db/domain/runs/why/advice.ts';
import type { Cause, Hold, PersonWait } from '../../../db/domain/runs/why/cause.ts';
import { countText, durationText } from '../../ui/format.ts';
import { nextLabels, sentence, waitNames, waitText } from './copy.ts';

/** Who can do something about a cause. */
export const askNames: Record<Ask, string> = {
  owner: 'The owner',
  administrator: 'An administrator',
  approver: 'An approver',
  invitee: 'The invited person',
  connector: 'The person who connects the server',
  vendor: 'The vendor',
  schedule: 'An administrator',
  payment: 'Payment provider admin',
  mail: 'Mail server admin',
  platform: 'Platform operator',
  engineer: 'An engineer of the platform',
  tenantOwner: 'The owner of the tenant',
};

/** The link to where a safe action is taken; the run's own actions are forms of its page. */
export const safeActionTitles: Record<SafeAction, string> = {
  remind: 'See and help',
  retry: 'Open run',
  openApprovals: 'Open approvals',
  reconnect: 'Open connections',
  openRun: 'Open run',
  openHistory: 'Open history',
  openTenant: 'Open tenant',
  openWorkers: 'Open workers',
  openFreeze: 'Open freeze',
  openSchedules: 'Open schedules',
};

export const askText = (who: string): string => `Who can help: ${who}.`;

/** Buttons beside a cause that has no action of its own. */
export const headCopy = { help: 'See and help', runs: 'Open runs' } as const;

/** Heading of every cause after the first. */
export const alsoTitle = 'Also in the way';

const aStep = 'A step';
const unknownCause = 'The cause is unknown.';
const join = (...parts: (string | null)[]) => parts.filter(Boolean).join(' ');

/** How long until a moment, as text; null when it has come. */
function untilText(iso: string | null | undefined, nowMs: number): string | null {
  const inMs = iso ? Date.parse(iso) - nowMs : 0;
  return inMs > 0 ? durationText(inMs) : null;
}

/** What happens next without anyone doing anything. */
function nextText(next: NextEvent | null, nowMs: number): string | null {
  if (!next) return null;
  const duration = untilText(next.at, nowMs);
  return sentence(`${nextLabels[next.kind]} ${duration ? `in ${duration}` : 'any moment now'}`);
}

function retryText(iso: string | null, nowMs: number): string {
  const duration = untilText(iso, nowMs);
  return duration ? `Retries automatically in ${duration}.` : 'Retries automatically any moment now.';
}

function holdText(what: string, { since, by, reason }: Hold, nowMs: number): string {
  const sinceText = since ? ` for ${durationText(nowMs - Date.parse(since))}` : '';
  return join(`${what}${sinceText}${by ? ` by ${by}` : ''}${reason ? `: ${sentence(reason)}` : '.'}`);
}

function waitSentence(wait: PersonWait, nowMs: number): string {
  const { waitingFor, refusedWith, pending, next } = wait;
  const first = refusedWith
    ? `${sentence(waitNames[waitingFor]).slice(0, -1)} saw “${sentence(refusedWith)}” “${wait.step ?? ''}” hasn’t been tried again since.`
    : `${waitText(waitingFor)}${pending ? ` to ${pending}` : ''}. Nothing is wrong.`;
  return join(first, nextText(next, nowMs));
}

const blockedTexts = {
  credentialsRevoked: 'The credentials aren’t accepted any more.',
  limitReached: 'A limit is reached.',
  vendorDown: 'The vendor isn’t responding, so calls are on hold.',
} as const;
const unblock = {
  credentialsRevoked: 'Reconnect it, then retry the step.',
  limitReached: 'Retry the step once the limit is raised or has been reset.',
  vendorDown: 'Retry the step once it responds again.',
} as const;

/** A cause that holds up every call of a tenant's connection. */
function serverText(
  code: keyof typeof blockedTexts,
  server: string,
  at: string | null,
  nowMs: number,
): string {
  const then = code === 'credentialsRevoked' ? 'Reconnect it to continue.' : retryText(at, nowMs);
  return join(`“${server}” can’t be used.`, blockedTexts[code], then);
}

/** A cause as one plain sentence or two. */
export function causeText(cause: Cause, nowMs: number): string {
  switch (cause.code) {
    case 'failed':
      return join('The run failed.', cause.message ? sentence(cause.message) : unknownCause);
    case 'refused':
      return `Refused: ${cause.message ? sentence(cause.message) : unknownCause}`;
    case 'stopped':
      return 'The run was stopped before it finished.';
    case 'engineAway':
      return 'The workflow engine isn’t responding, so this is the last recorded state. Nothing is lost.';
    case 'frozen':
      return join(
        holdText(cause.reach === 'platform' ? 'The platform is frozen' : 'Frozen', cause.hold, nowMs),
        'It continues as soon as it’s unfrozen.',
      );
    case 'noWorker':
      return `No worker is available${cause.queue ? ` for the queue “${cause.queue}”` : ''}. Work continues automatically as soon as one is.`;
    case 'cannotReplay':
      return cause.nonDeterminism
        ? 'The deployed code doesn’t match what this run has recorded, so it can’t continue. Nothing is lost; it continues once the code is mended.'
        : 'The deployed code fails on this run, so it can’t continue. Nothing is lost; it continues once the code is mended.';
    case 'paused':
      return cause.hold.work === undefined
        ? join(holdText('Paused', cause.hold, nowMs), 'It continues when it’s resumed.')
        : join(
            holdText(`“${cause.hold.work}” is paused`, cause.hold, nowMs),
            'The run continues when it’s resumed.',
          );
    case 'schedulePaused':
      return join(
        holdText('The schedule is paused', cause.hold, nowMs),
        'Nothing is started until it’s unpaused.',
      );
    case 'billingBlocked':
      return {
        pastDue: 'The subscription is past due. Services can be held back until it’s paid.',
        restricted:
          'The tenant is restricted for an unpaid invoice: nothing is changed or run for it until it’s paid.',
        suspended: 'The tenant is suspended, so nothing new is done for it.',
      }[cause.status];
    case 'credentialsRevoked':
    case 'limitReached':
    case 'vendorDown':
      if (cause.server !== undefined) return serverText(cause.code, cause.server, cause.nextTryAt, nowMs);
      return join(
        `“${cause.step ?? aStep}” can’t continue.`,
        sentence(cause.message) || blockedTexts[cause.code],
        cause.parked ? unblock[cause.code] : retryText(cause.nextTryAt, nowMs),
      );
    case 'needsHelp':
      return join(
        `“${cause.step ?? aStep}” failed.`,
        cause.message ? sentence(cause.message) : unknownCause,
        cause.canSkip ? 'Retry, skip or fail the step to continue.' : 'Retry or fail the step to continue.',
      );
    case 'childStuck':
      return join(`It waits for “${cause.title}”, which is stuck.`, causeText(cause.cause, nowMs));
    case 'retrying':
      return join(
        `${countText(cause.failures, 'attempt', 'attempts')} of “${cause.step ?? aStep}” failed.`,
        cause.message ? sentence(cause.message) : null,
        cause.taken ? 'Retrying now.' : retryText(cause.nextTryAt, nowMs),
      );
    case 'backlog':
      return `${countText(cause.count, 'task', 'tasks')} of the queue “${cause.queue}” wait for a free worker, the oldest for ${durationText(cause.ageMs)}. It continues when its turn comes.`;
    case 'waitsApproval':
    case 'waitsCustomer':
    case 'waitsPerson':
      return waitSentence(cause, nowMs);
    case 'silent': {
      const duration = cause.since ? durationText(nowMs - Date.parse(cause.since)) : '';
      return join(
        `“${cause.step ?? aStep}” has been running for ${duration}, longer than expected.`,
        nextText(cause.next, nowMs),
      );
    }
    case 'timer':
      return nextText(cause.next, nowMs) ?? '';
  }
}
