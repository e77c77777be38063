import { z } from 'zod';
import type { EventAction } from '../../../db/domain/event.ts';
import { type CertifiedAct, certificate } from '../../../db/domain/identity/certificate.ts';
import { type Impersonation, viewEnds, viewModes } from '../../../db/domain/identity/impersonation.ts';
import * as records from '../../../db/repos/identity/view-records.ts';
import { viewsCopy } from '../../../templates/admin/identity/view-copy.ts';
import type { ViewAct, ViewRecord } from '../../../templates/ui/view-certificate.tsx';
import type { RequestContext } from '../context.ts';

/** A view as another person, as the API answers it. */
export const viewItem = z.object({
  id: z.string(),
  state: z.enum(['open', 'ended']),
  userId: z.string(),
  userName: z.string(),
  adminId: z.string(),
  adminName: z.string(),
  tenantId: z.string(),
  tenantName: z.string(),
  reason: z.string(),
  ticket: z.string().nullable(),
  mode: z.enum(viewModes),
  startedAt: z.string(),
  openedAt: z.string().nullable(),
  expiresAt: z.string(),
  endedAt: z.string().nullable(),
  endedBy: z.string().nullable(),
  endReason: z.enum(Object.keys(viewEnds) as [keyof typeof viewEnds]).nullable(),
  isCertified: z.boolean(),
});

/** A view as the API answers it. */
export function toViewItem(view: Impersonation): z.input<typeof viewItem> {
  const { endedByName, startedAt, expiresAt, openedAt, endedAt, endedBy: _id, ...rest } = view;
  return {
    ...rest,
    state: endedAt ? 'ended' : 'open',
    endedBy: endedByName,
    startedAt: startedAt.toISOString(),
    openedAt: openedAt?.toISOString() ?? null,
    expiresAt: expiresAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

/** A certificate with what is needed to check it: the signature is over its canonical JSON (RFC 8785). */
export const signedCertificate = z.object({
  certificate,
  signature: z.string(),
  algorithm: z.literal('Ed25519'),
  keyId: z.string(),
  publicKey: z.string(),
  /** Whether the signature holds for this content. */
  isGenuine: z.boolean(),
});

/** The certificate of a view, checked. Throws `view.not-found`, `view.not-certified`. */
export async function readCertificate(
  context: RequestContext,
  id: string,
  tenantId?: string,
): Promise<z.input<typeof signedCertificate>> {
  const { certificates, db } = context.deps;
  const { content, signature } = await db.inScope(context.scope('platform'), (tx) =>
    records.getCertificate(tx, id, tenantId),
  );
  return {
    certificate: content,
    signature,
    algorithm: 'Ed25519',
    keyId: content.keyId,
    publicKey: certificates.publicKey,
    isGenuine: certificates.isGenuine(content, signature),
  };
}

const toAct = ({ at, action, outcome, about, data }: CertifiedAct): ViewAct => ({
  at,
  action: action as EventAction,
  outcome,
  about,
  details: Object.entries(data)
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · '),
});

/** A view as its page shows it: what the certificate says, or what is known so far. Throws `view.not-found`. */
export async function readRecord(
  context: RequestContext,
  id: string,
  tenantId?: string,
): Promise<{ view: Impersonation; record: ViewRecord }> {
  const { view, acts, stored } = await context.deps.db.inScope(context.scope('platform'), async (tx) => {
    const found = await records.get(tx, id, tenantId);
    const certified = found.isCertified ? await records.getCertificate(tx, id) : null;
    return {
      view: found,
      stored: certified,
      acts: certified?.content ?? (await records.listActs(tx, found)),
    };
  });
  const { userName, adminName, tenantName, reason, ticket, mode, endReason, endedByName } = view;
  const record = {
    ...{ id, personName: userName, adminName, tenantName, reason, ticket },
    mode: viewsCopy.modes[mode],
    startedAt: view.startedAt.toISOString(),
    openedAt: view.openedAt?.toISOString() ?? null,
    expiresAt: view.expiresAt.toISOString(),
    endedAt: view.endedAt?.toISOString() ?? null,
    end: endReason && viewEnds[endReason],
    endedBy: endedByName,
    read: acts.read.map(toAct),
    actions: acts.actions.map(toAct),
    certificate: stored && {
      keyId: stored.content.keyId,
      issuedAt: stored.content.issuedAt,
      isGenuine: context.deps.certificates.isGenuine(stored.content, stored.signature),
    },
  };
  return { view, record };
}
