import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { text } from '../common.ts';

/** What a tool can do to the world, mildest first. The class is ours; hints a server gives about itself decide nothing. */
export const risks = {
  read: { title: 'Reads', sentence: 'Looks at data and changes nothing.', needsApproval: false },
  write: {
    title: 'Writes',
    sentence: 'Adds or changes data that can be changed back.',
    needsApproval: false,
  },
  send: { title: 'Sends', sentence: 'Reaches people outside the business.', needsApproval: true },
  money: { title: 'Moves money', sentence: 'Charges, pays, refunds or spends.', needsApproval: true },
  destructive: { title: 'Destroys', sentence: 'Removes what cannot be brought back.', needsApproval: true },
} as const;
export type RiskClass = keyof typeof risks;
export const riskClasses = Object.keys(risks) as [RiskClass, ...RiskClass[]];

/** Whether a person has to agree to each call before it is made. */
export function needsApproval(risk: RiskClass): boolean {
  return risks[risk].needsApproval;
}

export const serverKinds = ['builtin', 'npm', 'remote'] as const;
export const serverPriorities = ['core', 'common', 'special'] as const;
export const serverStatuses = ['review', 'available', 'disabled', 'deprecated', 'off', 'removed'] as const;
export type ServerStatus = (typeof serverStatuses)[number];
export const toolStates = ['approved', 'quarantined', 'withdrawn'] as const;
export type ToolState = (typeof toolStates)[number];
export const connectionStatuses = ['connected', 'needsReconnect', 'disconnected'] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];
/** What a test of a connection finds: it works, the access is refused, no answer, or an answer that helps nobody. */
export const testResults = ['works', 'refused', 'down', 'failed'] as const;
export type TestResult = (typeof testResults)[number];
export const approvalStatuses = ['pending', 'approved', 'denied', 'used', 'expired'] as const;
export type ApprovalStatus = (typeof approvalStatuses)[number];

/**
 * How a request stands, as people are told: an approval that was used up is not yet something that was done. `outcome`
 * is that of the call: `ok` or a code of the error table.
 */
export function approvalStateOf({
  status,
  outcome,
}: {
  status: ApprovalStatus;
  outcome: string | null;
}): ApprovalStatus | 'failed' | 'unknown' {
  if (status !== 'used' || outcome === 'ok') return status;
  if (outcome === null) return 'approved';
  return outcome === 'tool.outcome-unknown' ? 'unknown' : 'failed';
}

/** Servers and categories are named as they stand in addresses: `meta-ads`. */
export const kebabName = z
  .string()
  .max(60, 'At most 60 characters.')
  .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'Use small letters, digits and single hyphens.');
const toolName = z.string().regex(/^[A-Za-z0-9_.-]{1,128}$/, 'Use letters, digits, ".", "_" and "-".');

export const toolCategory = z.object({
  key: kebabName,
  title: text(60),
  position: z.number().int().min(0).max(10_000),
});
export type ToolCategory = z.infer<typeof toolCategory>;

/** One field of the form in which a tenant enters its credentials for a server. */
export const credentialField = z.object({
  key: z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,59}$/),
  label: text(80),
  hint: text(300).optional(),
  secret: z.boolean(),
  optional: z.boolean().optional(),
  pattern: z.string().max(200).optional(),
  placeholder: text(100).optional(),
});
export type CredentialField = z.infer<typeof credentialField>;

const serverAuth = z.looseObject({
  kind: z.enum(['key', 'token', 'oauth2']),
  authorizeUrl: z.string().optional(),
  scopes: z.array(z.string()).optional(),
});
export const packageName = z
  .string()
  .max(214)
  .regex(/^(?:@[a-z0-9._-]+\/)?[a-z0-9][a-z0-9._-]*$/, 'Enter the name of a package.');
export const exactVersion = z
  .string()
  .max(60)
  .regex(/^\d+\.\d+\.\d+[\w.+-]*$/, 'Enter one exact version such as 1.4.2.');
const npmLaunch = z.object({
  package: packageName,
  version: exactVersion,
  /** Where its program stands within the package. */
  program: text(300),
  /** Fingerprint of the tree of packages that runs; 64 hexadecimal digits. */
  lock: z.string().regex(/^[0-9a-f]{64}$/),
  args: z.array(z.string().max(500)).max(50),
  /** Keys of the credential fields that the process receives as environment. */
  environment: z.array(z.string()).max(50),
});
export type NpmLaunch = z.infer<typeof npmLaunch>;
/** Plain HTTP never leaves this machine; in production the guard of the network lets nothing at it either. */
const isSafeAddress = (url: string) =>
  /^(?:https:|http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])[:/])/.test(url);
export const remoteAddress = z
  .url({ protocol: /^https?$/, error: 'Enter the address of the server.' })
  .max(2_000)
  .refine(isSafeAddress, 'Enter an https address.');
const remoteLaunch = z.object({
  url: remoteAddress,
  /** Which credential field travels in which header; in `authorization` as a bearer token. */
  headers: z.record(z.string(), z.string()),
});
export type RemoteLaunch = z.infer<typeof remoteLaunch>;

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
  deprecatedAt: z.date().nullable(),
  offAt: z.date().nullable(),
  /** What tenants read about its end. */
  notice: text(500).nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type ToolServer = z.infer<typeof toolServer>;

const jsonObject = z.record(z.string(), z.unknown());

/** A tool as its server declares it, and the risk class we give it. */
export const toolDefinition = z.object({
  name: toolName,
  title: z.string().min(1).max(200),
  description: z.string().max(20_000),
  inputSchema: jsonObject,
  outputSchema: jsonObject.nullish(),
  annotations: jsonObject,
  risk: z.enum(riskClasses),
});
export type ToolDefinition = z.infer<typeof toolDefinition>;
/** What the hash of a definition covers: everything a model reads. The risk class is ours and not part of it. */
export type HashedDefinition = Omit<ToolDefinition, 'risk'>;

/** Fingerprint of what a tool says about itself; one changed letter gives another. 64 hexadecimal digits. */
export function definitionHash(definition: HashedDefinition): Promise<string> {
  const { name, title, description, inputSchema, outputSchema, annotations } = definition;
  return sha256Hex({
    name,
    title,
    description,
    inputSchema,
    outputSchema: outputSchema ?? null,
    annotations,
  });
}

/** Fingerprint of the arguments of a call; an approval is good for these and no others. 64 hexadecimal digits. */
export function argumentsHash(args: Readonly<Record<string, unknown>>): Promise<string> {
  return sha256Hex(args);
}

async function sha256Hex(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson(value));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** To whom a tenant gives a tool: a role of its people, one agent, or its workflows. */
export const grantee = z
  .string()
  .regex(/^(?:role:(?:owner|admin|member)|agent:[a-z][a-z0-9-]{0,59}|workflow)$/, 'Choose from the list.');

/** Who may call a tool once its server is connected, until the tenant says otherwise. Agents are never among them. */
export function defaultGrantees(risk: RiskClass): string[] {
  const always = ['role:owner', 'role:admin', 'workflow'];
  return risk === 'read' ? [...always, 'role:member'] : always;
}
