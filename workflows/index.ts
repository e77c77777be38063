export { callTool } from './call-tool.workflow.ts';
export { confirmEmail } from './confirm-email.workflow.ts';
export { connectService } from './connect-service.workflow.ts';
export { disconnectService } from './disconnect-service.workflow.ts';
export { onboardTenant } from './onboard-tenant.workflow.ts';
export { receiveEvents } from './receive-events.workflow.ts';
export { sendInvite } from './send-invite.workflow.ts';
export { watchServices } from './watch-services.workflow.ts';
