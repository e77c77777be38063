import { type Dispatcher, fetch as send, type RequestInit as SendInit } from 'undici';

/** The same body; `ended` is called once it was read to the end, failed or was cancelled. */
function untilRead(body: ReadableStream<Uint8Array>, ended: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        const part = await reader.read().catch((error: unknown) => {
          ended();
          throw error;
        });
        if (!part.done) return controller.enqueue(part.value);
        ended();
        controller.close();
      },
      cancel(reason) {
        ended();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * `fetch` over `through`, which follows no redirects. The signal may live as long as the session, and `fetch` would
 * keep its listener until garbage collection; here a request removes it once its response has been read.
 */
export function remoteFetch(through: Dispatcher) {
  return async (to: string | URL, init: RequestInit = {}): Promise<Response> => {
    const { signal } = init;
    const own = new AbortController();
    const abort = () => own.abort(signal?.reason);
    const letGo = () => signal?.removeEventListener('abort', abort);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    try {
      const answer = await send(to, {
        ...(init as SendInit),
        signal: own.signal,
        redirect: 'error',
        dispatcher: through,
      });
      const { body, status, statusText, headers } = answer;
      if (!body) letGo();
      return new Response(body && untilRead(body as ReadableStream<Uint8Array>, letGo), {
        status,
        statusText,
        headers: [...headers],
      });
    } catch (error) {
      letGo();
      throw error;
    }
  };
}
