/** Words that the project doesn't use, and what it uses instead; in code, comments and sentences alike. */
const refused: readonly { pattern: RegExp; instead: string }[] = [
  { pattern: /\bsomebod(y|ies)\b/gi, instead: 'a person, another user, someone' },
  { pattern: /\bnobody\b/gi, instead: 'no one, no user' },
  { pattern: /\bwhoever\b/gi, instead: 'the person who, anyone who' },
  { pattern: /\bby (itself|themselves)\b/gi, instead: 'automatically' },
  { pattern: /\bset(s|ting)? going\b/gi, instead: 'start' },
  { pattern: /\bbrought in\b/gi, instead: 'registered' },
  { pattern: /\bcall(ed|s|ing)?[ -]off\b/gi, instead: 'undo, cancel' },
  { pattern: /\bis said\b/gi, instead: 'is stated, is shown' },
  { pattern: /\ba yes\b/gi, instead: 'an approval' },
  { pattern: /\blet(s|ting)? through\b/gi, instead: 'allow' },
  { pattern: /\bgoes on\b/gi, instead: 'continues' },
  { pattern: /\be-mails?\b/gi, instead: 'email' },
  { pattern: /\bset-ups?\b/gi, instead: 'setup (noun), set up (verb)' },
  { pattern: /\bkeep-house\b/gi, instead: 'purge-old-records' },
  { pattern: /\bthe house\b/gi, instead: 'the project, retention' },
  { pattern: /\bstor(y|ies)\b/gi, instead: 'workflow, process' },
];

/** Where a refused word is the right one. `text` is taken out of the line before the line is checked. */
const exceptions: readonly { files: RegExp; text: RegExp; reason: string }[] = [
  { files: /^test\/(support\/words|words\.test)\.ts$/, text: /.+/g, reason: 'lists the words' },
  {
    files: /^templates\/email\/texts\/(de|fr)\//,
    text: /\be-mail\b/gi,
    reason: 'German and French spell it so',
  },
  {
    files: /^workers\/dev\/postgres\/run-as\.ts$/,
    text: /[`']nobody[`']/g,
    reason: 'the Unix account of that name',
  },
  {
    files: /^db\/migrations\//,
    text: /^\s*--.*/g,
    reason: 'a comment inside shipped SQL is part of its checksum',
  },
];

export interface Found {
  path: string;
  /** 1 for the first line. */
  line: number;
  word: string;
  instead: string;
}

/** Every refused word in the text of one file; `path` is relative to the project, with forward slashes. */
export function refusedWords(path: string, text: string): Found[] {
  const here = exceptions.filter(({ files }) => files.test(path));
  return text.split('\n').flatMap((raw, index) => {
    const line = here.reduce((rest, { text: allowed }) => rest.replace(allowed, ''), raw);
    return refused.flatMap(({ pattern, instead }) =>
      [...line.matchAll(pattern)].map(([word]) => ({ path, line: index + 1, word, instead })),
    );
  });
}

/** How often refused words occur per folder of the second level, as "12 api/admin", the most first. */
export function countsPerFolder(found: readonly Found[]): string[] {
  const counts = new Map<string, number>();
  for (const { path } of found) {
    const folder = path.split('/').slice(0, -1).slice(0, 2).join('/') || path;
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([folder, count]) => `${count} ${folder}`);
}
