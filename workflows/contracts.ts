import { callToolContract } from './integrations/call-tool.contract.ts';
import { changeSubscriptionContract } from './billing/change-subscription.contract.ts';
import { collectOverdueInvoiceContract } from './billing/collect-overdue-invoice.contract.ts';
import { confirmEmailContract } from './identity/confirm-email.contract.ts';
import { connectServerContract } from './integrations/connect-server.contract.ts';
import { creditInvoiceContract } from './billing/credit-invoice.contract.ts';
import { deprecateServerContract } from './integrations/deprecate-server.contract.ts';
import { disableServerContract } from './integrations/disable-server.contract.ts';
import { disconnectServerContract } from './integrations/disconnect-server.contract.ts';
import { freezeWorkContract } from './tenants/freeze-work.contract.ts';
import { impersonateUserContract } from './identity/impersonate-user.contract.ts';
import type { Identity, ProcessDeclaration } from './define.ts';
import { notifySecurityContract } from './identity/notify-security.contract.ts';
import { purgeOldRecordsContract } from './audit/purge-old-records.contract.ts';
import { onboardTenantContract } from './onboarding/onboard-tenant.contract.ts';
import { receiveWebhooksContract } from './integrations/receive-webhooks.contract.ts';
import { registerServerContract } from './integrations/register-server.contract.ts';
import { offboardUserContract } from './people/offboard-user.contract.ts';
import { requestApprovalContract } from './approvals/request-approval.contract.ts';
import { remindApiKeysContract } from './identity/remind-api-keys.contract.ts';
import { rotateApiKeyContract } from './identity/rotate-api-key.contract.ts';
import { revokeSessionsContract } from './identity/revoke-sessions.contract.ts';
import { runBulkOperationContract } from './runs/run-bulk-operation.contract.ts';
import { sealAuditLogContract } from './audit/seal-audit-log.contract.ts';
import { renewSubscriptionContract } from './billing/renew-subscription.contract.ts';
import { replayRunContract } from './runs/replay-run.contract.ts';
import { resendConfirmationContract } from './identity/resend-confirmation.contract.ts';
import { resetPasswordContract } from './identity/reset-password.contract.ts';
import { sendInviteContract } from './people/send-invite.contract.ts';
import { transferOwnershipContract } from './people/transfer-ownership.contract.ts';
import { testConnectionContract } from './integrations/test-connection.contract.ts';
import { monitorServersContract } from './integrations/monitor-servers.contract.ts';
import { runTemplateContract } from './runs/run-template.contract.ts';
import { startTemplatesContract } from './runs/start-templates.contract.ts';

const all = [
  callToolContract,
  changeSubscriptionContract,
  collectOverdueInvoiceContract,
  confirmEmailContract,
  connectServerContract,
  creditInvoiceContract,
  deprecateServerContract,
  disableServerContract,
  disconnectServerContract,
  freezeWorkContract,
  impersonateUserContract,
  monitorServersContract,
  notifySecurityContract,
  offboardUserContract,
  onboardTenantContract,
  purgeOldRecordsContract,
  receiveWebhooksContract,
  registerServerContract,
  remindApiKeysContract,
  renewSubscriptionContract,
  replayRunContract,
  requestApprovalContract,
  resendConfirmationContract,
  resetPasswordContract,
  revokeSessionsContract,
  rotateApiKeyContract,
  runBulkOperationContract,
  runTemplateContract,
  sealAuditLogContract,
  sendInviteContract,
  startTemplatesContract,
  testConnectionContract,
  transferOwnershipContract,
] as const;

/** Every process, by name: what lists, trigger forms and the run page read. */
export const contracts: Readonly<Record<string, ProcessDeclaration & Identity<never>>> = Object.fromEntries(
  all.map((contract) => [contract.name, contract]),
);
