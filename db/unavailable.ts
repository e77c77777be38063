import { AppError } from './domain/errors.ts';

/**
 * What the server reports when it can't serve: SQLSTATE class 08 (connection), 53 (out of connections, memory or disk)
 * and 57P0x (shutting down, starting up, a crash, its database dropped).
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const serverStates = /^(?:08|53)\w{3}$|^57P0\w$/;
/** System errors of a socket or a name, such as ECONNREFUSED; Node's own codes begin with ERR_. */
const socketStates = /^E(?!RR_)[A-Z_]+$/;

/** Messages of the driver and its pool about a connection, which have no code. */
export const driverMessages = [
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'timeout expired',
  'timeout exceeded when trying to connect',
  'Cannot use a pool after calling end on the pool',
] as const;

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof AppError) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return serverStates.test(code) || socketStates.test(code);
  // The query builder prefixes the driver's message with the statement.
  return driverMessages.some(
    (message) => error.message === message || error.message.endsWith(` - ${message}`),
  );
}

/**
 * Runs database work. Throws `service.unavailable` when the database is down, can't be reached or goes down meanwhile;
 * the work may then have been committed or not.
 */
export async function orUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isUnavailable(error) ? new AppError('service.unavailable', { cause: error }) : error;
  }
}
