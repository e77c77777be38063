/** Crockford base32: no I, L, O, U, so ids survive being read aloud. Lower case because ids appear in URLs. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Prefix of every noun's id; the prefix is part of the stored value. */
export const idPrefixes = {
  tenant: 'ten',
  partner: 'par',
  user: 'usr',
  subscription: 'sub',
  invoice: 'inv',
  payment: 'pay',
  creditNote: 'crn',
  movement: 'mrr',
  ledgerEntry: 'led',
  dunningCase: 'dun',
  invitation: 'ivt',
  mail: 'mal',
  event: 'evt',
  token: 'tok',
  session: 'ses',
  view: 'vie',
  impersonation: 'imp',
  passwordReset: 'pwr',
  connection: 'con',
  approval: 'apr',
  call: 'cal',
  partnerLink: 'pli',
  customRole: 'crl',
  apiKey: 'key',
  freeze: 'frz',
  schedule: 'sch',
  workflowTemplate: 'wft',
  bulkOperation: 'blk',
} as const;
export type Noun = keyof typeof idPrefixes;

/** The tenant id of the platform's own events and runs. */
export const PLATFORM_TENANT_ID = 'ten_platform';

function base32(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let i = 0; i < 26; i++) {
    text = alphabet.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return text;
}

/** A new id: prefix, then 48 bits of time and 80 random bits, so ids sort by creation and cannot be guessed. */
export function newId(noun: Noun, nowMs: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 5, time = nowMs; i >= 0; i--, time = Math.floor(time / 256)) bytes[i] = time % 256;
  return `${idPrefixes[noun]}_${base32(bytes)}`;
}

/** The id derived from `key`: a retry with the same key names the same row. */
export async function idFromKey(noun: Noun, key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${noun}\n${key}`));
  return `${idPrefixes[noun]}_${base32(new Uint8Array(digest).slice(0, 16))}`;
}

export function idPattern(noun: Noun): RegExp {
  return new RegExp(`^${idPrefixes[noun]}_[0-9a-z]{2,40}$`);
}
