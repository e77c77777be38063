import type { Role } from '../domain/roles.ts';
import type { Tenant } from '../domain/tenants/tenant.ts';

/** Who a request comes from, as read from the session. */
export interface Principal {
  userId: string;
  sessionId: string;
  email: string;
  name: string;
  emailVerified: boolean;
  timezone: string;
  language: string;
  role: Role;
  /** The tenant the person works in; null for users of the platform and of partners. */
  tenant: Pick<Tenant, 'id' | 'name' | 'status'> | null;
  partnerId: string | null;
  /** How many tenants the person belongs to. */
  tenantCount: number;
}

export interface SignedIn {
  userId: string;
  sessionId: string;
  /** The tenant the session works in; null for people of the platform and of partners. */
  tenantId: string | null;
  /** `Set-Cookie` values of the answer. */
  cookies: string[];
}

export interface SignInFrom {
  ip: string;
  userAgent: string;
}

/** Signs people in. The embedded provider is better-auth; a hosted one implements the same interface. */
export interface AuthProvider {
  hashPassword(password: string): Promise<string>;
  /** Throws `session.wrong-credentials`, the same for an unknown address and a wrong password. */
  signIn(email: string, password: string, from: SignInFrom): Promise<SignedIn>;
  /** Whether this is the password of the account with this address; no session is opened. */
  isPassword(email: string, password: string): Promise<boolean>;
  /** Ends the session of the cookie. Returns the cookies that clear it. */
  signOut(cookieHeader: string): Promise<string[]>;
  /** The person behind a request's cookies, checked against the database's clock; null when no one is signed in. */
  authenticate(cookieHeader: string | undefined): Promise<Principal | null>;
}
