import type { Role } from '../domain/roles.ts';
import type { Tenant } from '../domain/tenants/tenant.ts';

/** Who a request comes from, as one read of the session says. */
export interface Principal {
  userId: string;
  sessionId: string;
  email: string;
  name: string;
  emailVerified: boolean;
  timezone: string;
  language: string;
  role: Role;
  /** The tenant the person works in; null for the platform's and the partners' people. */
  tenant: Pick<Tenant, 'id' | 'name' | 'status'> | null;
  partnerId: string | null;
}

export interface SignedIn {
  userId: string;
  sessionId: string;
  /** `Set-Cookie` values of the answer. */
  cookies: string[];
}

export interface SignInFrom {
  ip: string;
  userAgent: string;
}

/** Signs people in. The embedded one is better-auth; a hosted one has the same calls. */
export interface AuthProvider {
  hashPassword(password: string): Promise<string>;
  /** Throws `session.wrong-credentials`, the same for an unknown address and a wrong password. */
  signIn(email: string, password: string, from: SignInFrom): Promise<SignedIn>;
  /** Ends the session the cookie names; the cookies that clear it. */
  signOut(cookieHeader: string): Promise<string[]>;
  /** The person behind a request's cookies, checked against the database's clock; null when no one is signed in. */
  authenticate(cookieHeader: string | undefined): Promise<Principal | null>;
}
