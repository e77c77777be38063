import { callToolContract } from './integrations/call-tool.contract.ts';
import { confirmEmailContract } from './identity/confirm-email.contract.ts';
import { connectServerContract } from './integrations/connect-server.contract.ts';
import { deprecateServerContract } from './integrations/deprecate-server.contract.ts';
import { disableServerContract } from './integrations/disable-server.contract.ts';
import { disconnectServerContract } from './integrations/disconnect-server.contract.ts';
import { helpTenantsContract } from './tenants/help-tenants.contract.ts';
import type { Identity, ProcessDeclaration } from './define.ts';
import { purgeOldRecordsContract } from './audit/purge-old-records.contract.ts';
import { onboardTenantContract } from './onboarding/onboard-tenant.contract.ts';
import { receiveWebhooksContract } from './integrations/receive-webhooks.contract.ts';
import { registerServerContract } from './integrations/register-server.contract.ts';
import { removeMemberContract } from './people/remove-member.contract.ts';
import { sendInviteContract } from './people/send-invite.contract.ts';
import { transferOwnershipContract } from './people/transfer-ownership.contract.ts';
import { testConnectionContract } from './integrations/test-connection.contract.ts';
import { monitorServersContract } from './integrations/monitor-servers.contract.ts';

const all = [
  callToolContract,
  confirmEmailContract,
  connectServerContract,
  deprecateServerContract,
  disableServerContract,
  disconnectServerContract,
  helpTenantsContract,
  monitorServersContract,
  onboardTenantContract,
  purgeOldRecordsContract,
  receiveWebhooksContract,
  registerServerContract,
  removeMemberContract,
  sendInviteContract,
  testConnectionContract,
  transferOwnershipContract,
] as const;

/** Every process, by name: what lists, trigger forms and the run page read. */
export const contracts: Readonly<Record<string, ProcessDeclaration & Identity<never>>> = Object.fromEntries(
  all.map((contract) => [contract.name, contract]),
);
