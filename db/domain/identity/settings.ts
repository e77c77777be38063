import { z } from 'zod';
import { defineSetting } from '../settings/setting.ts';
import { providerKey } from './sign-in-provider.ts';

const either = (outer: boolean, inner: boolean): boolean => outer || inner;
const both = (outer: boolean, inner: boolean): boolean => outer && inner;

export const supportAccess = defineSetting({
  key: 'identity.support-access',
  title: 'Support access',
  help: 'Administrators of the platform may view the portal as a person of this business, for a stated reason.',
  schema: z.boolean(),
  default: true,
  levels: ['platform', 'partner', 'tenant'],
  combine: both,
});

export const secondFactorRequired = defineSetting({
  key: 'identity.second-factor-required',
  title: 'Second factor required',
  help: 'Everyone has to add an authenticator app before they can go on.',
  schema: z.boolean(),
  default: false,
  levels: ['platform', 'partner', 'tenant'],
  combine: either,
});

export const adminSecondFactorRequired = defineSetting({
  key: 'identity.admin-second-factor-required',
  title: 'Second factor required for administrators',
  help: 'Super admins have to add an authenticator app before they can go on.',
  schema: z.boolean(),
  default: true,
  levels: ['platform'],
});

export const idleMinutes = defineSetting({
  key: 'identity.idle-minutes',
  title: 'Sign out when idle, in minutes',
  help: 'A session ends after this time without a request.',
  schema: z.int().min(5).max(1440),
  default: 60,
  levels: ['platform', 'partner', 'tenant'],
  combine: Math.min,
});

export const sessionHours = defineSetting({
  key: 'identity.session-hours',
  title: 'Longest session, in hours',
  help: 'After this time everyone signs in again, busy or not.',
  schema: z.int().min(1).max(24),
  default: 24,
  levels: ['platform', 'partner', 'tenant'],
  combine: Math.min,
});

export const adminIdleMinutes = defineSetting({
  key: 'identity.admin-idle-minutes',
  title: 'Sign out administrators when idle, in minutes',
  help: 'A session of an administrator or partner ends after this time without a request.',
  schema: z.int().min(5).max(1440),
  default: 30,
  levels: ['platform'],
});

export const adminSessionHours = defineSetting({
  key: 'identity.admin-session-hours',
  title: 'Longest session of administrators, in hours',
  help: 'After this time administrators and partners sign in again, busy or not.',
  schema: z.int().min(1).max(24),
  default: 12,
  levels: ['platform'],
});

export const signInProviders = defineSetting({
  key: 'identity.sign-in-providers',
  title: 'Sign-in providers',
  help: 'The providers with which people of this business may sign in.',
  schema: z.array(providerKey).max(20),
  default: [],
  levels: ['tenant'],
});

export const providersOnly = defineSetting({
  key: 'identity.providers-only',
  title: 'Sign in through providers only',
  help: 'Passwords are refused for everyone but owners, who can still sign in when a provider is down.',
  schema: z.boolean(),
  default: false,
  levels: ['tenant'],
});

export const adminNetworks = defineSetting({
  key: 'identity.admin-networks',
  title: 'Addresses administrators work from',
  help: 'Super admins are refused from every other address, also with their API keys. Empty: every address.',
  schema: z.array(z.string()).max(100),
  default: [],
  levels: ['platform'],
});

export const identitySettings = [
  supportAccess,
  secondFactorRequired,
  adminSecondFactorRequired,
  idleMinutes,
  sessionHours,
  adminIdleMinutes,
  adminSessionHours,
  signInProviders,
  providersOnly,
  adminNetworks,
];
