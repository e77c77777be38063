/** Where a part of the launcher tells the person at the terminal what happens: whole sentences, one per line. */
export type Say = (line: string) => void;

/** A failure whose message is already the whole explanation: it is printed without a stack trace. */
export class PlainError extends Error {
  override readonly name = 'PlainError';
}

/** The words of an error for a person: the message of a plain one, otherwise message and cause in one line. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A name with several addresses fails with one error per address and no message of its own.
  if (error instanceof AggregateError && error.message === '') return explain(error.errors[0]);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message}${cause}`;
}
