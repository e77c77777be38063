import type { WaitKind } from '../../progress.ts';
import type { Cause } from './cause.ts';

/** Who can do something about it. */
export type Ask = WaitKind | 'payment' | 'mail' | 'platform' | 'engineer' | 'tenantOwner';

/** The one safe thing to do about a cause: `remind` and `retry` act on the run, every other opens a page. */
export const safeActions = [
  'remind',
  'retry',
  'openApprovals',
  'reconnect',
  'openRun',
  'openHistory',
  'openTenant',
  'openWorkers',
  'openFreeze',
  'openSchedules',
] as const;
export type SafeAction = (typeof safeActions)[number];

export type Tone = 'waiting' | 'attention' | 'failed' | 'running' | 'scheduled' | 'idle';

export interface Advice {
  tone: Tone;
  ask: Ask | null;
  /** Null where only waiting helps. */
  action: SafeAction | null;
}

const attention = (ask: Ask, action: SafeAction | null): Advice => ({ tone: 'attention', ask, action });

/** Who to turn to, by what failed. */
function askAbout(code: string): Ask {
  if (code.startsWith('payment.')) return 'payment';
  if (code.startsWith('mail.')) return 'mail';
  return code.startsWith('service.') ? 'platform' : 'administrator';
}

/** Who can mend a cause, and the one safe thing to do. */
export function adviceOn(cause: Cause): Advice {
  switch (cause.code) {
    case 'failed':
      return { tone: 'failed', ask: null, action: null };
    case 'refused':
    case 'stopped':
      return { tone: 'idle', ask: null, action: null };
    case 'engineAway':
      return attention('platform', null);
    case 'noWorker':
    case 'backlog':
      return attention('platform', 'openWorkers');
    case 'cannotReplay':
      return attention('engineer', 'openHistory');
    case 'frozen':
      return attention('administrator', 'openFreeze');
    case 'billingBlocked':
      return attention('tenantOwner', 'openTenant');
    case 'paused':
      return attention('administrator', 'openRun');
    case 'schedulePaused':
      return attention('administrator', 'openSchedules');
    case 'credentialsRevoked':
      return attention('connector', 'reconnect');
    case 'limitReached':
      return attention('tenantOwner', cause.parked ? 'retry' : null);
    case 'vendorDown':
      return attention('vendor', cause.parked ? 'retry' : null);
    case 'needsHelp':
      return attention(askAbout(cause.errorCode), 'retry');
    case 'childStuck':
      return { ...adviceOn(cause.cause), action: 'openRun' };
    case 'retrying':
      return { tone: 'running', ask: null, action: null };
    case 'waitsApproval':
      return { tone: 'waiting', ask: 'approver', action: 'openApprovals' };
    case 'waitsCustomer':
    case 'waitsPerson':
      return {
        tone: 'waiting',
        ask: cause.waitingFor,
        action: cause.canRemind && cause.code === 'waitsCustomer' ? 'remind' : null,
      };
    case 'silent':
      return cause.waiting
        ? { tone: 'waiting', ask: null, action: null }
        : attention('platform', 'openHistory');
    case 'timer':
      return { tone: 'scheduled', ask: null, action: null };
  }
}
