import { callToolContract } from './call-tool.contract.ts';
import { confirmEmailContract } from './confirm-email.contract.ts';
import type { Identity, ProcessDeclaration } from './define.ts';
import { onboardTenantContract } from './onboard-tenant.contract.ts';
import { sendInviteContract } from './send-invite.contract.ts';

/** Every process there is, by name: what lists, trigger forms and the run page read. */
export const contracts: Readonly<Record<string, ProcessDeclaration & Identity<never>>> = {
  'call-tool': callToolContract,
  'confirm-email': confirmEmailContract,
  'onboard-tenant': onboardTenantContract,
  'send-invite': sendInviteContract,
};
