import { randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';

/** Crockford base32 without letters that look like figures. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const count = 10;
/** 80 random bits. */
const characters = 16;

/** Above the minimum of OWASP ASVS for codes below 112 bits; ten of them are made at once. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Ten codes for people without their authenticator app, such as "k3f9-2mzq-8xwt-0vbn". */
export function newBackupCodes(): string[] {
  return Array.from({ length: count }, () => {
    const code = [...randomBytes(characters)].map((byte) => alphabet.charAt(byte % 32)).join('');
    return code.replace(/(.{4})(?=.)/g, '$1-');
  });
}

/** A code as it was typed, without what people add between its characters; null for what can't be one. */
export function backupCodeIn(typed: string): string | null {
  const plain = typed.toLowerCase().replace(/[\s-]/g, '');
  return plain.length === characters && [...plain].every((one) => alphabet.includes(one)) ? plain : null;
}

/** All that is stored of a code. The salt is one for all codes of a person, so that a code is found by its hash. */
export async function hashBackupCode(code: string, salt: Buffer): Promise<string> {
  const digest = await hashRaw(code.replaceAll('-', ''), { ...cost, salt });
  return digest.toString('base64url');
}
