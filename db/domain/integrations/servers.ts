import { z } from 'zod';
import { text } from '../common.ts';
import { credentialField } from './credential-field.ts';
import { exactVersion, npmLaunch, remoteLaunch } from './launch.ts';

export const serverKinds = ['builtin', 'npm', 'remote'] as const;
export const serverPriorities = ['core', 'common', 'special'] as const;
export const serverStatuses = ['review', 'available', 'disabled', 'deprecated', 'off', 'removed'] as const;
export type ServerStatus = (typeof serverStatuses)[number];

/** Servers and categories are named as they stand in addresses: `meta-ads`. */
export const kebabName = z
  .string()
  .max(60, 'At most 60 characters.')
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'Use small letters, digits and single hyphens.');

export const toolCategory = z.object({
  key: kebabName,
  title: text(60),
  position: z.number().int().min(0).max(10_000),
});
export type ToolCategory = z.infer<typeof toolCategory>;

const serverAuth = z.looseObject({
  kind: z.enum(['key', 'token', 'oauth2']),
  authorizeUrl: z.string().optional(),
  scopes: z.array(z.string()).optional(),
});

const declared = z.object({
  name: kebabName,
  title: text(80),
  summary: text(300),
  category: kebabName,
  priority: z.enum(serverPriorities),
  kind: z.enum(serverKinds),
  version: exactVersion,
  docsUrl: z.url({ protocol: /^https?$/ }),
  credentialFields: z.array(credentialField).max(30),
  auth: serverAuth,
  webhook: z.looseObject({ scheme: z.string().min(1) }).nullable(),
  launch: z.union([npmLaunch, remoteLaunch]).nullable(),
});

/** What is declared about a server, by its manifest or by an administrator's form. */
export const serverRecord = declared.refine(({ kind, launch }) => launchFits(kind, launch), {
  path: ['launch'],
  message: 'A package needs its launch, a remote server its address, one of ours neither.',
});
export type ServerRecord = z.infer<typeof serverRecord>;

function launchFits(kind: (typeof serverKinds)[number], launch: object | null): boolean {
  if (launch === null) return kind === 'builtin';
  return 'url' in launch ? kind === 'remote' : kind === 'npm';
}

/** A server of the registry: what is declared about it, and what became of it since. */
export const toolServer = declared.extend({
  featured: z.boolean(),
  /** `off` also when its announced end has passed. */
  status: z.enum(serverStatuses),
  successor: kebabName.nullable(),
  /** Since when it is turned off; null unless its status is `disabled`. */
  disabledAt: z.date().nullable(),
  deprecatedAt: z.date().nullable(),
  offAt: z.date().nullable(),
  /** What tenants read about its end. */
  notice: text(500).nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type ToolServer = z.infer<typeof toolServer>;
