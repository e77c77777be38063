import { comingSystems, type ComingStep } from '../../db/domain/onboarding/coming.ts';
import type { RunState, StepState } from '../../db/domain/progress.ts';
import type { IconName } from './icon-names.ts';

/** The colours of the one status vocabulary. */
export type Tone = 'running' | 'waiting' | 'attention' | 'failed' | 'done' | 'scheduled' | 'idle';

export interface StatusLook {
  word: string;
  icon: IconName;
  tone: Tone;
}

const running = { word: 'Running', icon: 'progress', tone: 'running' } as const;
const waiting = { word: 'Waiting', icon: 'hourglass', tone: 'waiting' } as const;
const attention = { word: 'Needs attention', icon: 'alert-triangle', tone: 'attention' } as const;
const failed = { word: 'Failed', icon: 'circle-x', tone: 'failed' } as const;
const done = { word: 'Done', icon: 'circle-check', tone: 'done' } as const;
const scheduled = { word: 'Scheduled', icon: 'calendar-event', tone: 'scheduled' } as const;
const refused = { word: 'Refused', icon: 'ban', tone: 'idle' } as const;
const suspended = { word: 'Suspended', icon: 'player-pause', tone: 'idle' } as const;

const runLooks = {
  running,
  waiting,
  scheduled,
  needsAttention: attention,
  failed,
  refused,
  done,
  stopped: { word: 'Stopped', icon: 'player-stop', tone: 'idle' },
} as const satisfies Record<RunState, StatusLook>;

const stepLooks = {
  upcoming: { word: 'Upcoming', icon: 'circle', tone: 'idle' },
  running,
  waiting,
  scheduled,
  needsAttention: attention,
  failed,
  refused,
  done,
  skipped: { word: 'Skipped', icon: 'player-skip-forward', tone: 'idle' },
  /** Answered, but what was chosen isn't built yet: pages show it instead of `done`. */
  coming: { word: 'Not ready yet', icon: 'clock', tone: 'idle' },
} as const satisfies Record<StepState | 'coming', StatusLook>;

/** Every state of every noun, in words. */
export const statusLooks = {
  run: runLooks,
  step: stepLooks,
  template: {
    live: { word: 'Published', icon: 'circle-check', tone: 'done' },
    draft: { word: 'Draft', icon: 'circle-dashed', tone: 'idle' },
    changed: { word: 'Unpublished changes', icon: 'progress', tone: 'running' },
  },
  schedule: {
    active: scheduled,
    paused: { word: 'Paused', icon: 'player-pause', tone: 'idle' },
  },
  bulk: {
    running,
    paused: { word: 'Paused', icon: 'player-pause', tone: 'idle' },
    done,
    aborted: { word: 'Aborted', icon: 'player-stop', tone: 'idle' },
    undone: { word: 'Undone', icon: 'circle-minus', tone: 'idle' },
  },
  bulkItem: {
    pending: { word: 'Waiting', icon: 'circle', tone: 'idle' },
    done,
    skipped: { word: 'Skipped', icon: 'circle-minus', tone: 'idle' },
    failed,
    unknown: { word: 'Unknown', icon: 'alert-triangle', tone: 'attention' },
    undoing: { word: 'Waiting to be undone', icon: 'circle', tone: 'idle' },
    undone: { word: 'Undone', icon: 'circle-check', tone: 'done' },
    kept: { word: 'Not undone', icon: 'alert-triangle', tone: 'attention' },
  },
  tenant: {
    onboarding: { word: 'Setting up', icon: 'progress', tone: 'running' },
    live: { word: 'Live', icon: 'circle-check', tone: 'done' },
    suspended,
    abandoned: { word: 'Abandoned', icon: 'circle-minus', tone: 'idle' },
  },
  connection: {
    available: { word: 'Not connected', icon: 'circle', tone: 'idle' },
    connected: { word: 'Connected', icon: 'circle-check', tone: 'done' },
    needsReconnect: { word: 'Reconnect needed', icon: 'alert-triangle', tone: 'attention' },
    disconnected: { word: 'Disconnected', icon: 'circle-minus', tone: 'idle' },
    turnedOff: { word: 'Turned off', icon: 'ban', tone: 'attention' },
    ended: { word: 'Ended', icon: 'circle-minus', tone: 'idle' },
  },
  toolCall: {
    done: { word: 'Done', icon: 'circle-check', tone: 'done' },
    asked: { word: 'Approval requested', icon: 'shield-check', tone: 'idle' },
    refused: { word: 'Blocked', icon: 'ban', tone: 'idle' },
    failed,
  },
  approval: {
    pending: { word: 'Pending', icon: 'hourglass', tone: 'waiting' },
    approved: { word: 'Approved', icon: 'circle-check', tone: 'done' },
    declined: { word: 'Declined', icon: 'ban', tone: 'idle' },
    withdrawn: { word: 'Withdrawn', icon: 'circle-minus', tone: 'idle' },
    used: { word: 'Approved and run', icon: 'circle-check', tone: 'done' },
    failed: { word: 'Approved, then failed', icon: 'circle-x', tone: 'failed' },
    unknown: { word: 'Approved, outcome unknown', icon: 'alert-triangle', tone: 'attention' },
    expired: { word: 'Expired', icon: 'clock', tone: 'idle' },
  },
  server: {
    review: { word: 'In review', icon: 'hourglass', tone: 'waiting' },
    available: { word: 'Available', icon: 'circle-check', tone: 'done' },
    disabled: { word: 'Disabled', icon: 'ban', tone: 'idle' },
    deprecated: { word: 'Deprecated', icon: 'calendar-time', tone: 'scheduled' },
    off: { word: 'Retired', icon: 'circle-minus', tone: 'idle' },
    removed: { word: 'Removed', icon: 'trash', tone: 'idle' },
  },
  health: {
    up: { word: 'Online', icon: 'circle-check', tone: 'done' },
    down: { word: 'Down', icon: 'circle-x', tone: 'failed' },
    unknown: { word: 'Not checked', icon: 'circle-dashed', tone: 'idle' },
  },
  registryTool: {
    approved: { word: 'Approved', icon: 'circle-check', tone: 'done' },
    quarantined: { word: 'Quarantined', icon: 'alert-triangle', tone: 'attention' },
    withdrawn: { word: 'Withdrawn', icon: 'circle-minus', tone: 'idle' },
  },
  invoice: {
    draft: { word: 'Draft', icon: 'circle-dashed', tone: 'idle' },
    open: { word: 'Open', icon: 'hourglass', tone: 'waiting' },
    paid: { word: 'Paid', icon: 'circle-check', tone: 'done' },
    void: { word: 'Void', icon: 'ban', tone: 'idle' },
    uncollectible: { word: 'Written off', icon: 'circle-x', tone: 'failed' },
  },
  payment: {
    pending: { word: 'Outcome unknown', icon: 'hourglass', tone: 'waiting' },
    succeeded: { word: 'Received', icon: 'circle-check', tone: 'done' },
    failed: { word: 'Declined', icon: 'circle-x', tone: 'failed' },
    refunded: { word: 'Refunded', icon: 'circle-minus', tone: 'idle' },
  },
  plan: {
    offered: { word: 'On offer', icon: 'circle-check', tone: 'done' },
    withdrawn: { word: 'Withdrawn', icon: 'circle-minus', tone: 'idle' },
  },
  subscription: {
    trialing: { word: 'Trial', icon: 'calendar-time', tone: 'scheduled' },
    active: { word: 'Active', icon: 'circle-check', tone: 'done' },
    pastDue: { word: 'Payment overdue', icon: 'alert-triangle', tone: 'attention' },
    cancelled: { word: 'Cancelled', icon: 'circle-minus', tone: 'idle' },
  },
  apiKey: {
    active: { word: 'Active', icon: 'circle-check', tone: 'done' },
    rotating: { word: 'Rotating', icon: 'refresh', tone: 'running' },
    expired: { word: 'Expired', icon: 'clock', tone: 'idle' },
    revoked: { word: 'Revoked', icon: 'ban', tone: 'idle' },
  },
  person: {
    active: { word: 'Active', icon: 'circle-check', tone: 'done' },
    invited: { word: 'Invited', icon: 'mail', tone: 'waiting' },
    unconfirmed: { word: 'Email not confirmed', icon: 'hourglass', tone: 'waiting' },
    suspended,
  },
  view: {
    open: { word: 'Open', icon: 'progress', tone: 'running' },
    ended: { word: 'Ended', icon: 'circle-check', tone: 'done' },
  },
  invitation: {
    pending: { word: 'Pending', icon: 'hourglass', tone: 'waiting' },
    accepted: { word: 'Joined', icon: 'circle-check', tone: 'done' },
    expired: { word: 'Expired', icon: 'circle-minus', tone: 'idle' },
    withdrawn: { word: 'Withdrawn', icon: 'circle-minus', tone: 'idle' },
  },
  outcome: {
    success: { word: 'Done', icon: 'circle-check', tone: 'done' },
    failure: { word: 'Failed', icon: 'circle-x', tone: 'failed' },
    denied: { word: 'Denied', icon: 'ban', tone: 'attention' },
  },
} as const satisfies Record<string, Record<string, StatusLook>>;

export type StatusKind = keyof typeof statusLooks;
/** A state of one noun, such as `StateOf<'tenant'>`. */
export type StateOf<Kind extends StatusKind> = Extract<keyof (typeof statusLooks)[Kind], string>;

export function statusOf<Kind extends StatusKind>(kind: Kind, state: StateOf<Kind>): StatusLook {
  const looks: Record<string, StatusLook> = statusLooks[kind];
  return looks[state] ?? { word: state, icon: 'circle', tone: 'idle' };
}

/** "Waits for the website builder": a step that is answered before its system is built. */
export const waitsFor = (step: ComingStep) => `Waits for ${comingSystems[step]}`;
