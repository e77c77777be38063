/** Where a part of the launcher tells the person at the terminal what happens: whole sentences, one per line. */
export type Say = (line: string) => void;

/** A failure whose message is already the whole explanation: it is printed without a stack trace. */
export class PlainError extends Error {
  override readonly name = 'PlainError';
}

/** The words of an error for a person: the message of a plain one, otherwise message and cause in one line. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
}
