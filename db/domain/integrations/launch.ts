import { z } from 'zod';
import { text } from '../common.ts';

export const packageName = z
  .string()
  .max(214)
  .regex(/^(?:@[a-z0-9._-]+\/)?[a-z0-9][a-z0-9._-]*$/, 'Enter the name of a package.');
export const exactVersion = z
  .string()
  .max(60)
  .regex(/^\d+\.\d+\.\d+[\w.+-]*$/, 'Enter one exact version such as 1.4.2.');
export const npmLaunch = z.object({
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
export const remoteLaunch = z.object({
  url: remoteAddress,
  /** Which credential field travels in which header; in `authorization` as a bearer token. */
  headers: z.record(z.string(), z.string()),
});
export type RemoteLaunch = z.infer<typeof remoteLaunch>;
