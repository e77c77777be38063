import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readText } from '../kit/files.ts';
import { explain } from '../kit/say.ts';
import type { Entry } from './records.ts';
import { entrySchema } from './records.ts';

/** The append-only file of everything the sandbox ever answered. */
export type Ledger = Readonly<{
  /** Settles once the entry is on disk; entries that wait together share one sync. */
  append: (entry: Entry) => Promise<void>;
  close: () => Promise<void>;
}>;

/** Opens the ledger and replays it in order. A line cut off by a crash was never answered, so it is dropped. */
export async function openLedger(path: string, replay: (entry: Entry) => void): Promise<Ledger> {
  await mkdir(dirname(path), { recursive: true });
  const text = (await readText(path)) ?? '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
  for (const [index, line] of whole.split('\n').slice(0, -1).entries()) replay(parse(line, path, index + 1));
  return appender(await open(path, 'a', 0o600));
}

function parse(line: string, path: string, lineNumber: number): Entry {
  try {
    return entrySchema.parse(JSON.parse(line));
  } catch (error) {
    throw new Error(`${path}, line ${lineNumber} is damaged: ${explain(error)}`, { cause: error });
  }
}

function appender(file: FileHandle): Ledger {
  let waiting: string[] = [];
  let writing: Promise<void> | null = null;
  const writeAll = async () => {
    while (waiting.length > 0) {
      const lines = waiting.join('');
      waiting = [];
      await file.appendFile(lines);
      await file.datasync();
    }
  };
  return {
    append: (entry) => {
      waiting.push(`${JSON.stringify(entry)}\n`);
      // A failed write stays failed: what is on disk is then unknown, and only a restart may tell.
      writing = (writing ?? Promise.resolve()).then(writeAll);
      return writing;
    },
    close: async () => {
      await writing;
      await file.close();
    },
  };
}
