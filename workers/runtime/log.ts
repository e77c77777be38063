import { pino, type Logger } from 'pino';

/** Names under which secrets and personal values could slip into a log line. */
const redacted = [
  'authorization',
  'cookie',
  'password',
  'passwordHash',
  'token',
  'card',
  'email',
  'set-cookie',
];

/** JSON lines; one wide line per request and per activity. */
export function createLog(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    redact: {
      paths: redacted.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
      censor: '[redacted]',
    },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}
