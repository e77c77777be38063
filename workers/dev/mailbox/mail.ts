import { createHash, randomUUID } from 'node:crypto';
import type { AddressObject } from 'mailparser';
import { simpleParser } from 'mailparser';
import { z } from 'zod';

/** One mail as the inbox keeps it. Times are ISO 8601 in UTC; attachments carry their content in base64. */
export const mailSchema = z.object({
  id: z.string(),
  messageId: z.string(),
  from: z.string(),
  /** Every envelope recipient, over all deliveries. */
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string().nullable(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  attachments: z.array(z.object({ filename: z.string(), contentType: z.string(), content: z.string() })),
  receivedAt: z.iso.datetime(),
  /** How often a mail with this Message-ID came in. */
  deliveries: z.number().int().positive(),
});
export type Mail = z.infer<typeof mailSchema>;

/** Reads a raw message with its envelope recipients. */
export async function parseMail(raw: Buffer, recipients: readonly string[]): Promise<Mail> {
  const parsed = await simpleParser(raw);
  const messageId = parsed.messageId ?? `<${randomUUID()}@no-message-id>`;
  return {
    id: createHash('sha256').update(messageId).digest('hex').slice(0, 24),
    messageId,
    from: addresses(parsed.from),
    to: [...new Set(recipients.map((address) => address.toLowerCase()))],
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || null,
    headers: parsed.headerLines.map(({ key, line }) => ({
      name: key,
      value: line.slice(key.length + 1).trim(),
    })),
    attachments: parsed.attachments.map((attachment) => ({
      filename: attachment.filename ?? 'attachment',
      contentType: attachment.contentType,
      content: attachment.content.toString('base64'),
    })),
    receivedAt: new Date().toISOString(),
    deliveries: 1,
  };
}

function addresses(field: AddressObject | undefined): string {
  return (field?.value ?? []).map(({ address }) => address ?? '').join(', ');
}
