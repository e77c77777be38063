import type { CredentialField, RiskClass } from '../../../db/domain/integrations/servers.ts';
import type { PageContext } from '../../page-context.ts';
import type { FormState } from '../../ui/form-state.tsx';
import { withQuery } from '../../paths.ts';
import type { StateOf } from '../../ui/status.ts';

export interface ToolRow {
  name: string;
  title: string;
  description: string;
  risk: RiskClass;
  /** Set aside until an administrator of the platform has looked at what changed. */
  setAside: boolean;
  /** To whom it is given. */
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
  service: {
    name: string;
    title: string;
    summary: string;
    docsUrl: string;
    fields: readonly CredentialField[];
    /** The person agrees at the service; then the fields are the other way. */
    byAgreement: boolean;
    /** Somebody else wrote and runs it. */
    foreign: boolean;
    endsAt: string | null;
    successor: string | null;
  };
  state: StateOf<'connection'>;
  /** The service asks for more than was entered when it was connected. */
  incomplete: boolean;
  account: string | null;
  since: string | null;
  /** Null where the service tells nothing by itself, or the viewer may not manage it. */
  notices: {
    address: string;
    /** A token came that somebody has to enter at the service. */
    secretWaits: boolean;
    latest: readonly { type: string; at: string }[];
  } | null;
  tools: readonly ToolRow[];
  calls: readonly CallRow[];
  grantees: readonly { key: string; title: string }[];
  mayManage: boolean;
  /** The page that sent the person here and waits; the set-up. */
  back: string | null;
  form?: FormState;
}

/** The address of the page; its forms post below it. */
export const pathOf = (props: { service: { name: string } }) => `/app/connections/${props.service.name}`;

/** Where a form posts that leads back in the end. */
export const backPathOf = (props: Pick<ConnectionPageProps, 'service' | 'back'>, act: string) =>
  withQuery(`${pathOf(props)}/${act}`, { back: props.back ?? undefined });
