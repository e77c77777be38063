import type { CredentialField } from '../../../db/domain/integrations/credential-field.ts';
import type { RiskClass } from '../../../db/domain/integrations/risk.ts';
import type { serverKinds, ServerStatus } from '../../../db/domain/integrations/servers.ts';
import type { PageContext } from '../../page-context.ts';
import type { FormState } from '../../ui/form-state.tsx';
import type { StateOf } from '../../ui/status.ts';

/** Usage of the last seven days; the rate is 0 to 1, null without calls. */
export interface WeekOfUse {
  calls: number;
  errorRate: number | null;
  p95Ms: number | null;
}

export interface ServerRow {
  name: string;
  title: string;
  summary: string;
  category: string;
  kind: (typeof serverKinds)[number];
  version: string;
  status: ServerStatus;
  featured: boolean;
  health: {
    status: StateOf<'health'>;
    uptime24h: number | null;
    uptime30d: number | null;
    p95Ms: number | null;
    probedAt: string | null;
    lastError: { code: string; at: string } | null;
  };
  connected: number;
  toolsQuarantined: number;
  lastWeek: WeekOfUse;
}

export interface RegistryTool {
  name: string;
  title: string;
  description: string;
  risk: RiskClass;
  state: StateOf<'registryTool'>;
  liveHash: string;
  lastWeek: WeekOfUse;
}

export interface ServerTenantRow {
  tenantId: string;
  tenantName: string;
  status: StateOf<'connection'>;
  accountLabel: string;
  connectedAt: string;
  lastCallAt: string | null;
}

export type ServerTab =
  | { key: 'overview' }
  | { key: 'tools' }
  | {
      key: 'tenants';
      items: readonly ServerTenantRow[];
      nextCursor: string | null;
      cursor?: string | undefined;
    };

export interface ServerPageProps {
  frame: PageContext;
  server: ServerRow & {
    docsUrl: string;
    successor: string | null;
    offAt: string | null;
    notice: string | null;
    adoption: { connected: number; needsReconnect: number; disconnected: number; connectedLately: number };
    tools: readonly RegistryTool[];
  };
  /** Mean response time of the health checks in each of the last 24 hours, in milliseconds. */
  trend: readonly number[];
  categories: readonly { key: string; title: string }[];
  /** The platform’s OAuth client at the vendor; null where the server needs none. */
  oauthClient: { clientId: string | null; redirectUri: string } | null;
  tab: ServerTab;
  /** The registration or the change of source that is in progress. */
  registration: RegistrationProgress | null;
  /** Where its code comes from; null for a built-in server. */
  source: { url: string } | { package: string; version: string; args: readonly string[] } | null;
  mayManage: boolean;
  /** The form that was just rejected. */
  rejected?: { action: string; state: FormState };
}

export interface RegistrationProgress {
  runId: string;
  stage: 'fetch' | 'read' | 'review';
  /** Why its tools could not be read the last time. */
  problem: string | null;
  /** The credentials it needs to be started. */
  fields: readonly CredentialField[];
}

/** The state of the form of `action` if it was just rejected, so that its dialog opens again with what was entered. */
export const rejectedState = (
  { rejected }: Pick<ServerPageProps, 'rejected'>,
  action: string,
): { state?: FormState } => (rejected?.action === action ? { state: rejected.state } : {});
