import {
  Connection,
  type ConnectionOptions,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];
type NextCall = Parameters<Interceptor>[1];
type Call = ReturnType<NextCall>;

/** gRPC's code of a call that its caller gave up; it is not tried again. */
const cancelled = 1;

/** A call that ends as cancelled as soon as it starts. */
function endedCall(cause: unknown): Call {
  const nothing = () => {};
  return {
    start(metadata, listener) {
      setImmediate(() => {
        listener?.onReceiveMessage?.(null);
        listener?.onReceiveStatus?.({
          code: cancelled,
          details: cause instanceof Error ? cause.message : 'The connection is closed',
          metadata,
        });
      });
    },
    sendMessage: nothing,
    sendMessageWithContext: nothing,
    startRead: nothing,
    halfClose: nothing,
    cancelWithStatus: nothing,
    getPeer: () => '',
    getAuthContext: () => null,
  };
}

/**
 * A call waits for its next try when its connection is closed: the try would throw out of a timer, where nothing catches
 * it, and end the process.
 */
const endsWithConnection = ((options, nextCall) => {
  try {
    return nextCall(options);
  } catch (error) {
    return endedCall(error);
  }
}) as Interceptor;

/** What every client connection to Temporal has: calls are tried again, as often as `tries` says, and end with it. */
export const retrying = (tries: Parameters<typeof defaultGrpcRetryOptions>[0] = {}) =>
  ({
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions(tries)), endsWithConnection],
  }) satisfies ConnectionOptions;

/** A connection of a client to Temporal. */
export function openConnection(options: ConnectionOptions): Promise<Connection> {
  return Connection.connect({ ...options, ...retrying() });
}
