import { callToolContract } from './integrations/call-tool.contract.ts';
import { confirmEmailContract } from './identity/confirm-email.contract.ts';
import { connectServiceContract } from './integrations/connect-server.contract.ts';
import { deprecateServiceContract } from './integrations/deprecate-server.contract.ts';
import { disconnectServiceContract } from './integrations/disconnect-server.contract.ts';
import type { Identity, ProcessDeclaration } from './define.ts';
import { keepHouseContract } from './audit/purge-old-records.contract.ts';
import { onboardTenantContract } from './onboarding/onboard-tenant.contract.ts';
import { receiveEventsContract } from './integrations/receive-webhooks.contract.ts';
import { registerServiceContract } from './integrations/register-server.contract.ts';
import { sendInviteContract } from './people/send-invite.contract.ts';
import { testConnectionContract } from './integrations/test-connection.contract.ts';
import { watchServicesContract } from './integrations/monitor-servers.contract.ts';

/** Every process there is, by name: what lists, trigger forms and the run page read. */
export const contracts: Readonly<Record<string, ProcessDeclaration & Identity<never>>> = {
  'call-tool': callToolContract,
  'confirm-email': confirmEmailContract,
  'connect-service': connectServiceContract,
  'deprecate-service': deprecateServiceContract,
  'disconnect-service': disconnectServiceContract,
  'keep-house': keepHouseContract,
  'onboard-tenant': onboardTenantContract,
  'receive-events': receiveEventsContract,
  'register-service': registerServiceContract,
  'send-invite': sendInviteContract,
  'test-connection': testConnectionContract,
  'watch-services': watchServicesContract,
};
