/** Long passwords that appear in known leaks; shorter ones are refused for their length. */
const leaked = new Set(
  `passwordpassword password12345 password123456 password1234 123456789012 1234567890123 12345678901234
   123456789abc qwertyuiopas qwertyuiop123 qwerty123456 1q2w3e4r5t6y 1qaz2wsx3edc zxcvbnmasdfg asdfghjklqwe
   iloveyou1234 letmein12345 welcome12345 adminadminadmin administrator superadmin123 changeme1234
   trustno1trustno1 football12345 baseball12345 superman12345 princess12345 sunshine12345 monkey123456
   dragon123456 master123456 shadow123456 michael12345 jennifer1234 correcthorsebatterystaple abcdefghijkl
   abcd1234abcd aaaaaaaaaaaa 111111111111 000000000000 q1w2e3r4t5y6 passw0rd1234 p@ssw0rd1234 p@ssword1234`.split(
    /\s+/,
  ),
);

const letters = (value: string) =>
  value
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '');

function isSequence(value: string): boolean {
  const codes = [...value].map((char) => char.charCodeAt(0));
  const steps = new Set(codes.slice(1).map((code, i) => code - (codes[i] ?? 0)));
  return steps.size === 1;
}

/**
 * Why a password is too easy to guess, or null. `words` are what an attacker would try first for this person:
 * name, address, business.
 */
export function passwordProblem(password: string, words: readonly string[]): string | null {
  const plain = letters(password);
  if (leaked.has(password.toLowerCase()) || leaked.has(plain))
    return 'This password appears in known data leaks.';
  if (new Set(password).size < 5 || isSequence(password))
    return 'This password repeats or counts; mix it up.';
  for (const word of [...words.flatMap((text) => text.split(/[\s@.]+/)), 'bizosaas'].map(letters)) {
    if (word.length < 4 || !plain.includes(word)) continue;
    if (plain.replace(word, '').length < 8) return 'This password is mostly your name, address or business.';
  }
  return null;
}
