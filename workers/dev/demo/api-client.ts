import { setTimeout as sleep } from 'node:timers/promises';

/** A client of the JSON API with its session cookie. */
export interface ApiClient {
  /** The answer's body. Throws with status and text for every status but the `accepted` ones (200, 201, 202). */
  call<T = unknown>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T>;
}

/** Signs in at the portal of `origin`. */
export async function signIn(
  origin: string,
  credentials: { email: string; password: string },
): Promise<ApiClient> {
  const cookies = new Map<string, string>();
  const client: ApiClient = {
    async call<T>(method: string, path: string, body?: unknown) {
      const csrf = cookies.get('bizosaas.csrf');
      const response = await fetch(origin + path, {
        method,
        headers: {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(csrf && { 'x-csrf-token': csrf }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        const split = pair.indexOf('=');
        cookies.set(pair.slice(0, split), pair.slice(split + 1));
      }
      const text = await response.text();
      if (!response.ok)
        throw new ApiError(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`, text);
      return (text === '' ? null : JSON.parse(text)) as T;
    },
  };
  await client.call('POST', '/api/public/sign-in', credentials);
  return client;
}

/** An answer that is no success. */
export class ApiError extends Error {
  /** Code of the problem, where the answer was one. */
  readonly code: string | null;

  constructor(message: string, text: string) {
    super(message);
    try {
      this.code = (JSON.parse(text) as { code?: string }).code ?? null;
    } catch {
      // Not JSON: there is no code to take.
      this.code = null;
    }
  }
}

/** For steps that were done by an earlier run: a conflict means that it is there. */
export async function unlessThere<T>(work: () => Promise<T>, ...codes: string[]): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError && error.code !== null && codes.includes(error.code)) return null;
    throw error;
  }
}

/** For what lists show a moment later: tries again while the answer has this code, for up to ten seconds. */
export async function untilThere<T>(work: () => Promise<T>, code: string): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== code || attempt >= 20) throw error;
      await sleep(500);
    }
  }
}
