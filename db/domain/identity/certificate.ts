import { z } from 'zod';
import { viewModes } from './impersonation.ts';

const person = z.object({ id: z.string(), name: z.string() });

/** One line of a certificate. */
const act = z.object({
  at: z.string(),
  /** Code of the event. */
  action: z.string(),
  outcome: z.enum(['success', 'failure', 'denied']),
  /** Method and path of a request, or what the event is about. */
  about: z.string(),
  /** The ids in the path, and the facts of an action. */
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type CertifiedAct = z.output<typeof act>;

/** What is signed at the end of a view as another person: everything read and done, and by whom. Times are ISO. */
export const certificate = z.object({
  version: z.literal(1),
  keyId: z.string(),
  view: z.object({
    id: z.string(),
    mode: z.enum(viewModes),
    reason: z.string(),
    ticket: z.string().nullable(),
    startedAt: z.string(),
    openedAt: z.string().nullable(),
    expiresAt: z.string(),
    endedAt: z.string(),
    endReason: z.string(),
    endedBy: z.string().nullable(),
  }),
  person,
  administrator: person,
  tenant: person,
  /** Every page that was read, in order. */
  read: z.array(act),
  /** Every change that was asked for or refused, and every event it recorded, in order. */
  actions: z.array(act),
  issuedAt: z.string(),
});
export type Certificate = z.output<typeof certificate>;

/** Signs with the platform's key for certificates. */
export interface CertificateSigner {
  keyId: string;
  /** Base64url of the Ed25519 signature. */
  sign(text: string): string;
}
