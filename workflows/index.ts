export { callTool } from './call-tool.workflow.ts';
export { confirmEmail } from './confirm-email.workflow.ts';
export { onboardTenant } from './onboard-tenant.workflow.ts';
export { sendInvite } from './send-invite.workflow.ts';
