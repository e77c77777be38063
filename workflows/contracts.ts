import { callToolContract } from './call-tool.contract.ts';
import { confirmEmailContract } from './confirm-email.contract.ts';
import { connectServiceContract } from './connect-service.contract.ts';
import { deprecateServiceContract } from './deprecate-service.contract.ts';
import { disconnectServiceContract } from './disconnect-service.contract.ts';
import type { Identity, ProcessDeclaration } from './define.ts';
import { keepHouseContract } from './keep-house.contract.ts';
import { onboardTenantContract } from './onboard-tenant.contract.ts';
import { receiveEventsContract } from './receive-events.contract.ts';
import { registerServiceContract } from './register-service.contract.ts';
import { sendInviteContract } from './send-invite.contract.ts';
import { testConnectionContract } from './test-connection.contract.ts';
import { watchServicesContract } from './watch-services.contract.ts';

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
