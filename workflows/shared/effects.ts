import type { Activities } from '../../activities/index.ts';

/** What an activity does outside the platform's own database. */
export interface OutsideEffect {
  kind: 'email' | 'payment' | 'vendor';
  /**
   * What happens when the activity runs once more in a run that was reset: `once` where its idempotency key names the
   * intent, so that it isn't done a second time; `again` where the key names the run.
   */
  whenReset: 'once' | 'again';
}

const emailOnce: OutsideEffect = { kind: 'email', whenReset: 'once' };
const emailAgain: OutsideEffect = { kind: 'email', whenReset: 'again' };
const paymentOnce: OutsideEffect = { kind: 'payment', whenReset: 'once' };
const vendorOnce: OutsideEffect = { kind: 'vendor', whenReset: 'once' };
const vendorAgain: OutsideEffect = { kind: 'vendor', whenReset: 'again' };

/** Every activity that acts on the outside. */
const outsideEffects: { readonly [Name in keyof Activities]?: OutsideEffect } = {
  callAddress: vendorAgain,
  helpTenantsInBulk: emailOnce,
  sendApprovalMail: emailAgain,
  sendTemplateMail: emailAgain,
  applyOnboardingStep: paymentOnce,
  redoOnboardingStep: paymentOnce,
  cancelSubscription: paymentOnce,
  collectInvoice: paymentOnce,
  refundCreditNote: paymentOnce,
  collectSubscriptionChange: paymentOnce,
  withdrawSubscriptionChange: paymentOnce,
  changeSubscriptionCard: paymentOnce,
  tryOverdueInvoice: paymentOnce,
  sendDunningMail: emailOnce,
  sendBillingReminder: emailOnce,
  sendMail: emailAgain,
  sendInvitationMail: emailAgain,
  sendPasswordReset: emailAgain,
  resendConfirmation: emailAgain,
  sendAccountExists: emailOnce,
  sendSecurityNotice: emailAgain,
  sendSessionsEndedMails: emailAgain,
  sendOffboardingReceipt: emailAgain,
  sendMemberRemovedMail: emailAgain,
  sendOwnershipMail: emailAgain,
  notifyLostConnections: emailOnce,
  notifyOfDisabled: emailOnce,
  remindOfApiKeys: emailOnce,
  sendInvoiceMail: emailOnce,
  sendViewMail: emailOnce,
  revokeAccess: vendorOnce,
  callTool: vendorAgain,
  finishOAuth: vendorAgain,
};

/** Activities that read from the outside, or write only rows of ours, each once. */
const withoutEffect: readonly (keyof Activities)[] = [
  'addNote',
  'awaitThaw',
  'beginBulkRound',
  'beginTemplate',
  'changePeopleInBulk',
  'closeApproval',
  'controlRunsInBulk',
  'endBulkRound',
  'endSubscription',
  'escalateApproval',
  'findLedgerEvent',
  'listApprovers',
  'loadTemplate',
  'openApproval',
  'pauseSchedules',
  'planBulkOperation',
  'issueCreditNote',
  'planDunning',
  'changeDunningAccess',
  'requestDunningTry',
  'extendDunning',
  'giveUpInvoice',
  'planRenewal',
  'beginBillingPeriod',
  'beginSubscriptionChange',
  'applySubscriptionChange',
  'endSubscriptionAsAsked',
  'keepSubscription',
  'moveSubscriptionsInBulk',
  'recordApprovalDecision',
  'resumeSchedules',
  'steerBulkOperation',
  'takeTemplateStarts',
  'decideApproval',
  'expireApproval',
  'listPendingApprovals',
  'denyPendingApprovals',
  'applyRetentionRule',
  'finishPurgeRun',
  'sealChains',
  'rotateApiKey',
  'endKeyOverlap',
  'planRevocation',
  'endSessions',
  'startView',
  'checkView',
  'endView',
  'certifyView',
  'testConnection',
  'checkCredentials',
  'openConnection',
  'dropSecret',
  'startOAuth',
  'closeConnection',
  'deprecateServer',
  'readDeprecation',
  'retireServer',
  'undoDeprecation',
  'disableServer',
  'ownersToNotify',
  'listServersToCheck',
  'checkServer',
  'fetchServer',
  'insertServer',
  'readServerTools',
  'publishServer',
  'discardServer',
  'recordDeliveries',
  'replayRun',
  'recordOnboardingExtension',
  'recordOnboardingReminder',
  'recordAdminAction',
  'createInvitation',
  'recordInvitationResent',
  'acceptInvitation',
  'endInvitation',
  'removeMember',
  'handOver',
  'transferOwnership',
  'createTenant',
  'activateTenant',
  'abandonTenant',
];

/** The effect of an activity by its name; null where it has none, `unknown` where it isn't declared here. */
export function effectOf(activity: string): OutsideEffect | null | 'unknown' {
  if (Object.hasOwn(outsideEffects, activity)) return outsideEffects[activity as keyof Activities] ?? null;
  return (withoutEffect as readonly string[]).includes(activity) ? null : 'unknown';
}
