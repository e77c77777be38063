import type { ApprovalField, ApprovalValues, Decision } from '../../../db/domain/approvals/request.ts';
import type { RiskClass } from '../../../db/domain/integrations/risk.ts';
import type { StateOf } from '../../ui/status.ts';

/** A request for approval as pages show it. */
export interface ApprovalView {
  id: string;
  /** The call that is asked for; null for anything else, which has a title. */
  call: { server: string; serverTitle: string; tool: string; risk: RiskClass } | null;
  title: string;
  arguments: unknown;
  argumentsHash: string;
  who: string;
  state: StateOf<'approval'>;
  askedAt: string;
  expiresAt: string;
  escalated: boolean;
  /** How many have to approve. */
  needed: number;
  decisions: readonly { who: string; decision: Decision; reason: string; at: string }[];
  decidedBy: string | null;
  decidedAt: string | null;
  reason: string | null;
  fields: readonly ApprovalField[];
  values: ApprovalValues;
  /** The person who looks can decide it now. */
  isMine: boolean;
  isOwn: boolean;
}
