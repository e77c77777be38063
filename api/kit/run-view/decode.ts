import type { LoadedDataConverter, Payload } from '@temporalio/common';

type Json = Record<string, unknown>;

/** Replaces a value whose key is gone or that was written by something else. */
const unreadable = '(cannot be read)';

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

function isPayload(value: Json): boolean {
  return isObject(value['metadata']) && isBytes(value['metadata']['encoding']);
}

function isDuration(value: Json): boolean {
  return Object.keys(value).every((name) => name === 'seconds' || name === 'nanos');
}

/** Protobuf seconds and nanoseconds as milliseconds; absent parts are zero. */
export function millisecondsOf(value: unknown): number {
  const { seconds, nanos } = (value ?? {}) as { seconds?: unknown; nanos?: unknown };
  return Number(seconds ?? 0) * 1_000 + Math.floor(Number(nanos ?? 0) / 1_000_000);
}

/** Protobuf timestamp as ISO time; null when there is none. */
export function isoOf(value: unknown): string | null {
  return value === null || value === undefined ? null : new Date(millisecondsOf(value)).toISOString();
}

export interface Decoder {
  /** One payload as the value it carries. */
  payload(payload: unknown): Promise<unknown>;
  /** A protobuf message as plain data: payloads opened, times as ISO text, wrappings of lists taken off. */
  message(value: unknown): Promise<unknown>;
}

/** Opens what Temporal holds of a run. Nothing is redacted here: what leaves the API goes through `redact`. */
export function decoderOf(converter: LoadedDataConverter): Decoder {
  async function payload(given: unknown): Promise<unknown> {
    try {
      let [opened] = [given as Payload];
      for (const codec of [...converter.payloadCodecs].reverse()) {
        const [next] = await codec.decode([opened]);
        if (next) opened = next;
      }
      return converter.payloadConverter.fromPayload<unknown>(opened);
    } catch {
      return unreadable;
    }
  }

  /** Messages and stacks of failures travel encrypted beside an empty message; they belong in their place. */
  async function failure(value: Json): Promise<Json> {
    const { encodedAttributes, ...rest } = value;
    const common = (await payload(encodedAttributes)) as { message?: string; stack_trace?: string };
    return { ...((await message(rest)) as Json), message: common.message, stackTrace: common.stack_trace };
  }

  async function message(value: unknown, name = ''): Promise<unknown> {
    if (isBytes(value)) return `(${value.length} bytes)`;
    if (Array.isArray(value)) return Promise.all(value.map((item) => message(item)));
    if (!isObject(value)) return value;
    if (isPayload(value)) return payload(value);
    if (isObject(value['encodedAttributes'])) return failure(value);
    const names = Object.keys(value);
    if (names.length === 1 && Array.isArray(value['payloads'])) return message(value['payloads']);
    if (names.length === 1 && names[0] === 'indexedFields') return message(value['indexedFields']);
    if (names.length > 0 && isDuration(value)) {
      return name.endsWith('Time') ? isoOf(value) : `${millisecondsOf(value) / 1_000} s`;
    }
    const entries = await Promise.all(
      names.map(async (key) => [key, await message(value[key], key)] as const),
    );
    return Object.fromEntries(entries);
  }

  return { payload, message: (value) => message(value) };
}
