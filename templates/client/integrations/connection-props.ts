import type { ConnectionStatus } from '../../../db/domain/integrations/connection.ts';
import type { CredentialField } from '../../../db/domain/integrations/credential-field.ts';
import type { RiskClass } from '../../../db/domain/integrations/risk.ts';
import type { Lifecycle } from '../../../db/domain/integrations/lifecycle.ts';
import type { PageContext } from '../../page-context.ts';
import type { FormState } from '../../ui/form-state.tsx';
import { paths, withQuery } from '../../paths.ts';
import type { StateOf } from '../../ui/status.ts';

export interface ToolRow {
  name: string;
  title: string;
  description: string;
  risk: RiskClass;
  /** Blocked until a platform administrator has reviewed its changes. */
  inReview: boolean;
  /** Keys of the roles, workflows and agents that may use it. */
  grantees: readonly string[];
}

export interface CallRow {
  tool: string;
  who: string;
  state: StateOf<'toolCall'>;
  problem: string | null;
  ms: number;
  at: string;
}

export interface ConnectionPageProps {
  frame: PageContext;
  server: {
    name: string;
    title: string;
    summary: string;
    docsUrl: string;
    fields: readonly CredentialField[];
    /** Connected by OAuth; the credential fields are then the alternative. */
    oauth: boolean;
    /** Written and operated by a third party. */
    thirdParty: boolean;
    lifecycle: Lifecycle;
  };
  state: 'available' | ConnectionStatus;
  /** It needs more credentials than were entered when it was connected. */
  incomplete: boolean;
  account: string | null;
  since: string | null;
  /** Null if the vendor sends no webhooks, or the viewer may not manage the connection. */
  webhooks: {
    url: string;
    /** A verification token arrived that has to be entered at the vendor. */
    secretPending: boolean;
    latest: readonly { type: string; at: string }[];
  } | null;
  tools: readonly ToolRow[];
  calls: readonly CallRow[];
  grantees: readonly { key: string; title: string }[];
  mayManage: boolean;
  /** Who can connect it, for a viewer who can't. */
  askWhom: readonly { name: string; role: string }[];
  /** The page to return to afterwards, such as a step of the setup wizard. */
  back: string | null;
  form?: FormState;
}

/** The address of the page; its forms post below it. */
export const pathOf = (props: { server: { name: string } }) => paths.integration(props.server.name);

/** Where a form posts that returns to `back` in the end. */
export const backPathOf = (props: Pick<ConnectionPageProps, 'server' | 'back'>, action: string) =>
  withQuery(paths.integrationAction(props.server.name, action), { back: props.back ?? undefined });
