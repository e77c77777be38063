/** Works through a list, so many at a time, and says after each how many are done. The first failure is thrown. */
export async function inTurns<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
  progress: (done: number, of: number) => void,
): Promise<void> {
  const left = [...items];
  let done = 0;
  async function takeTurns(): Promise<void> {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      await work(item);
      progress((done += 1), items.length);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, takeTurns));
}
