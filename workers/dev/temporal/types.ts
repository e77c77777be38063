import type { Ports } from '../kit/ports.ts';
import type { Say } from '../kit/say.ts';
import type { Service } from '../kit/supervise.ts';

/** A Temporal server to talk to: ours to run and restart (`service`), or an external one (`service` null). */
export type TemporalServer = Readonly<{ kind: string; address: string; service: Service | null }>;

/** What a server of our own needs. */
export type OwnServerOptions = Readonly<{
  /** Folder for the configuration, the database file and the pid; may contain spaces. */
  directory: string;
  logFile: string;
  ports: Ports;
  /** Made, with its search attributes, before the server counts as started. */
  namespace: string;
}>;

export type TemporalOptions = OwnServerOptions &
  Readonly<{
    /** An address means: that server, start none. */
    address: string | undefined;
    cliPath: string | undefined;
    say: Say;
    signal: AbortSignal;
  }>;
