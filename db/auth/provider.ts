import type { AccessLevel } from '../domain/billing/subscriptions.ts';
import type { KeyKind } from '../domain/identity/api-key.ts';
import type { Permission } from '../domain/permissions.ts';
import type { Role } from '../domain/roles.ts';
import type { FreezeReach } from '../domain/tenants/freeze.ts';
import type { Tenant } from '../domain/tenants/tenant.ts';
import type { Turn } from './fair-queue.ts';

/** Who a request comes from, as read from the session. */
export interface Principal {
  /** For a key that acts for no person: the id of the key. */
  userId: string;
  /** For a request with a key: the id of the key, as there is no session. */
  sessionId: string;
  email: string;
  name: string;
  timezone: string;
  language: string;
  /** Hash of the picture; null without one. */
  picture: string | null;
  role: Role;
  /** What this person may do in this session: the role's permissions, less what is switched off or withdrawn. */
  permissions: ReadonlySet<Permission>;
  /** The tenant the person works in; null for users of the platform and of partners. */
  tenant: Pick<Tenant, 'id' | 'name' | 'status'> | null;
  partnerId: string | null;
  /** What is frozen of what this person works in: the whole platform, or the tenant; null when nothing is. */
  frozen: FreezeReach | null;
  /** What unpaid invoices leave to the tenant; `full` for everyone else. */
  access: AccessLevel;
  /** How many tenants the person belongs to. */
  tenantCount: number;
  /** Whether the person has a second factor. */
  hasSecondFactor: boolean;
  /** Whether the person proved who they are in the last five minutes, with the second factor where there is one. */
  isVerified: boolean;
  /** What the person has to do before anything else. */
  mustDo: 'change-password' | 'add-second-factor' | null;
  /** The administrator who looks through this person's eyes; null in a person's own session. */
  view: View | null;
  /** The key the request came with; null in a session. */
  key: KeyUse | null;
  /** Networks this request has to come from, as CIDR; null where it may come from everywhere. */
  networks: readonly string[] | null;
}

/** An API key that a request came with. */
export interface KeyUse {
  id: string;
  name: string;
  kind: KeyKind;
  scopes: ReadonlySet<Permission>;
}

/** A view of the portal as another person. */
export interface View {
  impersonationId: string;
  adminId: string;
  adminName: string;
  /** `read`: nothing can be changed. */
  mode: 'read' | 'change';
  expiresAt: Date;
}

export interface SignInFrom {
  ip: string;
  userAgent: string;
}

export interface CheckedPassword {
  userId: string;
  /** Whether a code of the second factor has to follow. */
  secondFactor: boolean;
  /** False for people who belong to no business any more, and none of the platform: a session would open nothing. */
  hasAccess: boolean;
  /** The account is suspended, or every membership of it: no session may be opened. */
  isSuspended: boolean;
}

export interface NewSession {
  userId: string;
  from: SignInFrom;
  /** Whether a code of the second factor was checked. */
  secondFactor?: boolean;
  /** The sign-in provider they came from; null for a password. */
  provider?: string | null;
  /** The tenant to begin in; the one joined last without it. */
  tenantId?: string | null;
  /** For a view as another person: its id and end, and the tenant it looks at. */
  view?: { impersonationId: string; expiresAt: Date; tenantId: string };
}

export interface OpenedSession {
  sessionId: string;
  /** For the cookie; only its hash is stored. */
  token: string;
  userId: string;
  /** The tenant the session works in; null for people of the platform and of partners. */
  tenantId: string | null;
}

/** Signs people in. The embedded provider keeps its own rows; a hosted one implements the same interface. */
export interface AuthProvider {
  /** In turn with others, as `checkPassword` is; both throw `session.busy` where too many wait already. */
  hashPassword(password: string, turn?: Turn): Promise<string>;
  /**
   * The person whose password this is. Null for an unknown address, for one that isn't confirmed, and for a wrong
   * password alike, after the same time; what else there is to know of the account is told only with the right password.
   */
  checkPassword(email: string, password: string, turn?: Turn): Promise<CheckedPassword | null>;
  openSession(session: NewSession): Promise<OpenedSession>;
  /** The person behind the token of a session, checked against the database's clock; null when it is over. */
  authenticate(token: string): Promise<Principal | null>;
}
