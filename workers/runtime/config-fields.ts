import { queues } from '../../workflows/shared/queues.ts';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';

const url = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be a URL starting with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

const postgresUrl = url(['postgres:', 'postgresql:']);
const httpUrl = url(['http:', 'https:']);
const portNumber = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .refine((port) => port <= 65_535, 'must be a port number up to 65535');

const masterKey = z
  .string()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === 32, 'must be 32 bytes in base64 (make one with: openssl rand -base64 32)');

/** `{"stripe": "http://127.0.0.1:12111"}` */
const baseUrls = z.string().transform((text, context) => {
  try {
    return z.record(z.string(), httpUrl).parse(JSON.parse(text));
  } catch {
    context.addIssue('must be a JSON object of server names and http addresses');
    return z.NEVER;
  }
});

const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true');

const proxyNames = ['loopback', 'linklocal', 'uniquelocal'];

/** An address or a network such as `10.0.0.0/8`; never one that holds every address. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  if (isIP(address) === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  const prefix = /^\d{1,3}$/.test(bits) ? Number(bits) : 0;
  return prefix > 0 && prefix <= (isIP(address) === 4 ? 32 : 128);
}

/** `1` is the number of proxies in front; otherwise their addresses and networks, separated by commas. */
const trustedProxy = z.string().transform((text, context): number | string[] => {
  if (/^\d$/.test(text)) return Number(text);
  const networks = text.split(',').map((part) => part.trim());
  if (networks.every((one) => proxyNames.includes(one) || isNetwork(one))) return networks;
  context.addIssue(
    'must be the number of proxies (0 to 9), or their addresses and networks such as 10.0.0.0/8, separated by commas',
  );
  return z.NEVER;
});

/** Every setting any process understands; the key is the name of the environment variable. */
export const fields = {
  BIZOSAAS_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: portNumber.refine((port) => port > 0, 'must be a port number above 0').default(3000),
  HOST: z.string().default('127.0.0.1'),
  TRUST_PROXY: trustedProxy.default(['loopback']),
  LEAKED_PASSWORDS_DIR: z
    .string()
    .transform((directory) => resolve(directory))
    .optional(),
  DATA_DIR: z
    .string()
    .default('.data')
    .transform((directory) => resolve(directory)),
  PUBLIC_URL: httpUrl.transform((text) => text.replace(/\/+$/, '')).optional(),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_APP_URL: postgresUrl.optional(),
  DATABASE_PLATFORM_URL: postgresUrl.optional(),
  DATABASE_PARTNER_URL: postgresUrl.optional(),
  DATABASE_QUERY_URL: postgresUrl.optional(),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^\S+:\d+$/, 'must look like host:port')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().default('bizosaas'),
  TEMPORAL_CLI_PATH: z.string().optional(),
  BIZOSAAS_MASTER_KEY: masterKey.optional(),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  MAIL_FROM: z.string().default('BizOSaaS <no-reply@bizosaas.example>'),
  MAILBOX_URL: httpUrl.optional(),
  PAYMENT_SANDBOX_URL: httpUrl.optional(),
  TOOL_BASE_URLS: baseUrls.optional(),
  TOOL_PRIVATE_HOSTS: flag.optional(),
  /** `npm start` fills an empty platform with demo businesses and plays their vendors; 0 leaves both out. */
  DEMO: z
    .enum(['0', '1'], { error: 'must be 0 or 1' })
    .default('1')
    .transform((text) => text === '1'),
  /** Who runs this installation: name, address (lines separated by semicolons) and email are needed together. */
  OPERATOR_NAME: z.string().trim().min(1).max(200).optional(),
  OPERATOR_ADDRESS: z
    .string()
    .max(500)
    .transform((text) =>
      text
        .split(/[;\n]/)
        .map((line) => line.trim())
        .filter(Boolean),
    )
    .optional(),
  OPERATOR_EMAIL: z.email('must be an email address').optional(),
  OPERATOR_PHONE: z.string().trim().max(50).optional(),
  OPERATOR_REGISTRATION: z.string().trim().max(300).optional(),
  OPERATOR_SECURITY_EMAIL: z.email('must be an email address').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  WORKER_HEALTH_PORT: portNumber.default(0),
  /** Names of queues, separated by commas. */
  WORKER_QUEUES: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(queues, `must be some of ${queues.join(', ')}, separated by commas`)).min(1))
    .default([...queues]),
} as const;

const settings = z.object(fields);
export type Settings = z.output<typeof settings>;

/** Parses the environment; an empty variable counts as absent, as in shells and compose files. */
export function parseSettings(env: NodeJS.ProcessEnv): Settings {
  const given = Object.keys(fields).flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  const parsed = settings.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ConfigError(`${String(issue?.path[0])} ${describe(issue?.message ?? 'is not valid')}.`);
}

/** A setting that is missing or wrong: the message is one sentence that names the variable and the cure. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

function describe(message: string): string {
  return message.startsWith('must') ? message : `is not valid: ${message}`;
}
