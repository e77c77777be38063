import { createSecretKey } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import type { Db } from '../scope.ts';
import { AppError } from '../domain/errors.ts';
import { newId } from '../domain/ids.ts';
import { orUnavailable } from '../unavailable.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import type { AuthProvider } from './provider.ts';
import { cookiePrefix, sessionReader, signedToken } from './sessions.ts';

const dayS = 86_400;

const columns = {
  user: {
    modelName: 'users',
    fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
  session: {
    modelName: 'sessions',
    fields: {
      userId: 'user_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
    expiresIn: dayS,
    // Every request reads the session row, so that an ended session stops working immediately.
    cookieCache: { enabled: false },
  },
  account: {
    modelName: 'accounts',
    fields: {
      userId: 'user_id',
      accountId: 'account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      createdAt: 'created_at',
      updatedAt: 'updated_at',
    },
  },
  verification: {
    modelName: 'verifications',
    fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
  },
} as const;

/**
 * The embedded provider: better-auth over the schema `auth`. Its HTTP routes are not mounted; it is called directly.
 */
export function embeddedAuth(db: Db, options: { secret: string; publicUrl: string }): AuthProvider {
  const auth = betterAuth({
    ...columns,
    database: db.authPool,
    secret: options.secret,
    baseURL: options.publicUrl,
    telemetry: { enabled: false },
    // Refused sign-ins are in the ledger; the library's own log lines would add nothing.
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    advanced: { cookiePrefix, database: { generateId: () => newId('session') } },
  });

  const readSession = sessionReader(db);
  const key = createSecretKey(options.secret, 'utf8');

  return {
    hashPassword,

    async signIn(email, password, from) {
      const headers = new Headers({ 'x-forwarded-for': from.ip, 'user-agent': from.userAgent });
      try {
        const answer = await orUnavailable(() =>
          auth.api.signInEmail({ body: { email, password }, headers, returnHeaders: true }),
        );
        const session = await readSession(answer.response.token);
        // The credential exists but the person has no access: suspended, or without a membership.
        if (!session) throw new AppError('session.wrong-credentials');
        return {
          userId: session.userId,
          sessionId: session.sessionId,
          tenantId: session.tenant?.id ?? null,
          cookies: answer.headers.getSetCookie(),
        };
      } catch (error) {
        if (error instanceof APIError && error.statusCode < 500)
          throw new AppError('session.wrong-credentials');
        throw error;
      }
    },

    async isPassword(email, password) {
      const { rows } = await orUnavailable(() =>
        db.authPool.query<{ password: string }>(
          `select a.password from auth.accounts a join auth.users u on u.id = a.user_id
           where u.email = $1 and a.provider_id = 'credential' and a.password is not null`,
          [email],
        ),
      );
      const [found] = rows;
      return found ? verifyPassword({ hash: found.password, password }) : false;
    },

    async signOut(cookieHeader) {
      const headers = new Headers({ cookie: cookieHeader });
      const answer = await orUnavailable(() => auth.api.signOut({ headers, returnHeaders: true }));
      return answer.headers.getSetCookie();
    },

    async authenticate(cookieHeader) {
      const token = signedToken(cookieHeader, key);
      return token ? readSession(token) : null;
    },
  };
}
