import { Context } from '@temporalio/activity';
import type { Actor } from '../../db/domain/actor.ts';
import { actingIn, effectKey, roundOf } from '../shared/attribution.ts';
import type { Deps } from '../deps.ts';
import type { ToolOutcome } from '../mcp/gateway/gateway.ts';

/** Tools of the tenant's connected servers, through the MCP gateway. */
export function toolCallActivities(deps: Deps) {
  return {
    /**
     * Calls a tool, or answers that it needs an approval first. Throws the codes of the gateway: `tool.*`,
     * `server.*`, `connection.*`, `approval.invalid`.
     */
    async callTool(request: {
      tenantId: string;
      actor: Actor;
      server: string;
      tool: string;
      arguments: Record<string, unknown>;
      approvalId?: string;
    }): Promise<ToolOutcome> {
      const context = Context.current();
      return deps.gateway.call({
        ...request,
        scope: actingIn({ tenantId: request.tenantId }, request.actor),
        key: effectKey(),
        round: roundOf(),
        attempt: context.info.attempt,
        signal: context.cancellationSignal,
      });
    },
  };
}
