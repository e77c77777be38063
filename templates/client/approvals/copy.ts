import type { ValueProblem } from '../../../db/domain/approvals/check-values.ts';
import type { Decision } from '../../../db/domain/approvals/request.ts';

export const approvalsCopy = {
  title: 'Approvals',
  purpose: 'Requests by workflows, agents and colleagues that need a decision.',
  tabs: { me: 'For you', others: 'For others', decided: 'Decided' },
  empty: {
    me: {
      title: 'Nothing waits for you',
      text: 'Payments, messages and deletions need approval before they run.',
    },
    others: { title: 'Nothing waits for others', text: 'Requests that colleagues decide appear here.' },
    decided: {
      title: 'No decisions yet',
      text: 'Requests that were decided, withdrawn or expired appear here.',
    },
  },
  call: (tool: string, server: string) => `${tool} in ${server}`,
  request: 'Request',
  values: 'Values',
  requestedBy: 'Requested by',
  requestedAt: 'Requested',
  expires: 'Expires',
  state: 'State',
  when: 'When',
  review: 'Review',
  decidedBy: 'Decided by',
  progress: (approvals: number, needed: number) => `${approvals} of ${needed} approved`,
  approvals: 'Approvals',
  oneNeeded: 'One person has to approve',
  severalNeeded: (needed: number) => `${needed} people have to approve`,
  escalated: 'No decision was made in time, so more people were asked.',
  noneYet: 'No decision yet.',
  decisions: 'Decisions',
  words: { approved: 'Approved', declined: 'Declined' } satisfies Record<Decision, string>,
  answers: 'Answers',
  decide: 'Your decision',
  happens: {
    call: 'If you approve, the call runs once with exactly these values. If you decline, it doesn’t run. The requester sees your reason.',
    several: (needed: number) =>
      `It takes ${needed} approvals. One person who declines ends the request. The requester sees your reason.`,
    other:
      'If you approve, the request continues with exactly these values. If you decline, it ends. The requester sees your reason.',
  },
  answersFirst: 'Fill this in to approve.',
  approve: 'Approve',
  approveAndRun: 'Approve and run',
  decline: 'Decline',
  chooseDecision: 'Choose to approve or to decline.',
  done: {
    approved: 'Approved.',
    running: 'Approved. Running now.',
    counted: (approvals: number, needed: number) => `Approved. ${approvals} of ${needed} approvals so far.`,
    declined: 'Declined. Nothing runs.',
  },
  forOthers: 'This request is for others to decide.',
  ownRequest: 'You asked for this, so someone else has to decide.',
  alreadyGiven: 'You’ve decided. More people have to approve.',
  withdraw: {
    open: 'Withdraw request…',
    title: (what: string) => `Withdraw “${what}”`,
    happens: 'The request ends without a decision, and nothing runs.',
    submit: 'Withdraw request',
    done: 'Request withdrawn.',
  },
  yes: 'Yes',
  no: 'No',
  choose: 'Choose…',
  problems: {
    missing: 'Fill this in.',
    unknown: 'This isn’t part of the request.',
    notText: 'Enter text.',
    notNumber: 'Enter a number.',
    outOfRange: 'Enter a number within the limits.',
    notOption: 'Choose from the list.',
    notDate: 'Enter a date.',
  } satisfies Record<ValueProblem, string>,
  limits: (min: number | undefined, max: number | undefined) =>
    min !== undefined && max !== undefined
      ? `From ${min} to ${max}.`
      : min !== undefined
        ? `At least ${min}.`
        : max !== undefined
          ? `At most ${max}.`
          : undefined,
  self: {
    title: 'Approve your own requests',
    on: 'On: you can approve what you asked for, as long as no one else in the team can.',
    off: 'Off: someone else always has to approve.',
    offAbove: 'The platform requires a second person, so you can’t turn this on.',
    turnOn: 'Allow own approval',
    turnOff: 'Require a second person',
    turnedOn: 'You can approve your own requests while no one else in the team can.',
    turnedOff: 'Someone else now has to approve every request. Open requests keep their rule.',
    choose: 'Choose on or off.',
  },
} as const;
