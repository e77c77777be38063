import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** As powers of ten: what someone who knows the lists of leaked passwords must try at least. */
const fewestGuesses = 10;
/** Longer ones take long to judge, and their beginning tells enough. */
const judged = 30;

/** Sayings and names that people type as passwords, which the lists of words hold in parts only. */
const sayings =
  `correcthorsebatterystaple tobeornottobe lordoftherings maytheforcebewithyou maythefourthbewithyou
  gameofthrones thequickbrownfox tobeornottobethatisthequestion onceuponatime letthemeatcake carpediem inthebeginning
  maythe4thbewithyou livelaughlove noplacelikehome houseofcards hastalavista youshallnotpass winteriscoming iamyourfather`.split(
    /\s+/,
  );

const estimator = new ZxcvbnFactory({
  dictionary: { ...dictionary, sayings },
  graphs: adjacencyGraphs,
  l33tMaxSubstitutions: 20,
});

const lettersOf = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '');

/**
 * Why a password is too easy to guess, or null. Leet, case, keyboard patterns, dates and what is appended count for
 * little, as attackers try them too. `words` are what they try first for this person: name, address, business.
 */
function weakness(password: string, words: readonly string[]): string | null {
  const beginning = password.slice(0, judged);
  const context = [...words, ...words.flatMap((text) => text.split(/[\s@.]+/)), 'bizosaas', 'company']
    .flatMap((text) => [text.toLowerCase(), lettersOf(text)])
    .filter((text) => text.length >= 3);
  const guesses = (given: readonly string[]) =>
    Math.min(
      ...[beginning, lettersOf(beginning)].map((text) => estimator.check(text, [...given]).guessesLog10),
    );
  const withContext = guesses(context);
  if (withContext >= fewestGuesses) return null;
  return withContext < guesses([])
    ? 'This password is mostly your name, address or business.'
    : 'This password is on lists of common passwords, or is like one of them.';
}

/** Says why a password is refused, in one sentence; null for one that holds. */
export type PasswordProblem = (password: string, words: readonly string[]) => Promise<string | null>;

/**
 * Judges new passwords by the bundled lists and, where the operator keeps one, by a folder of range files as Have I Been
 * Pwned offers them: `ABCDE.txt` or `ABCDE` for hashes that begin so, each line `SUFFIX:COUNT`. A file that can't be read
 * refuses no one; `onUnreadable` learns of it.
 */
export function passwordProblems(
  folder: string | undefined,
  onUnreadable: (error: unknown) => void,
): PasswordProblem {
  const rangeOf = async (directory: string, prefix: string): Promise<string> => {
    try {
      return await readFile(join(directory, `${prefix}.txt`), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return readFile(join(directory, prefix), 'utf8');
    }
  };
  async function isLeaked(directory: string, password: string): Promise<boolean> {
    const digest = createHash('sha1').update(password).digest('hex').toUpperCase();
    try {
      const range = await rangeOf(directory, digest.slice(0, 5));
      return range.toUpperCase().includes(`${digest.slice(5)}:`);
    } catch (error) {
      onUnreadable(error);
      return false;
    }
  }
  return async (password, words) => {
    const found = weakness(password, words);
    if (found || folder === undefined) return found;
    return (await isLeaked(folder, password)) ? 'This password appears in known data leaks.' : null;
  };
}
