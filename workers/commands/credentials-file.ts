import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import {
  type CredentialSource,
  type Credentials,
  ownCredentials,
} from '../../activities/mcp/kit/credentials.ts';

/** A credentials file that cannot be used; the message is the whole explanation and tells nothing of its content. */
export class CredentialsFileError extends Error {
  override readonly name = 'CredentialsFileError';
}

const fields = z.record(z.string(), z.string());

/**
 * Credentials in a file: tokens that were renewed are written back before they are used, readable for its owner only.
 * Throws CredentialsFileError.
 */
export async function credentialsIn(file: string): Promise<CredentialSource> {
  return ownCredentials(parse(file, await read(file)), async (renewed: Credentials) => {
    const beside = `${file}.new`;
    // One that an earlier end left behind would keep its mode.
    await rm(beside, { force: true });
    await writeFile(beside, JSON.stringify(renewed, null, 2), { mode: 0o600 });
    await rename(beside, file);
  });
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CredentialsFileError(
      code === 'ENOENT'
        ? `There is no credentials file ${file}.`
        : `The credentials file ${file} cannot be read (${code ?? 'unknown'}).`,
    );
  }
}

function parse(file: string, content: string): Credentials {
  try {
    return fields.parse(JSON.parse(content));
  } catch {
    // What a parser says quotes what it read.
    throw new CredentialsFileError(
      `The credentials file ${file} is not JSON with texts by field, such as {"apiKey": "..."}.`,
    );
  }
}
