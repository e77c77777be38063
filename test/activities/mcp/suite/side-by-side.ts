/** Declares one test of those that run side by side. */
export type Declare = (title: string, work: () => Promise<void>) => void;

/**
 * For a `describe` with many tests that wait more than they work: their work begins before the first test of the
 * describe, up to `atOnce` at a time in the order of declaration, and each test tells how its own ended.
 */
export function sideBySide(atOnce: number): Declare {
  const waiting: (() => Promise<void>)[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await next();
  };
  before(() => {
    for (let lanes = 0; lanes < atOnce; lanes += 1) void lane();
  });
  return (title, work) => {
    // It ends before its test asks, so an error is kept until then.
    let tell: (failed: { error: unknown } | null) => void;
    const ended = new Promise<{ error: unknown } | null>((resolve) => (tell = resolve));
    waiting.push(() =>
      work().then(
        () => tell(null),
        (error: unknown) => tell({ error }),
      ),
    );
    it(title, async () => {
      const failed = await ended;
      if (failed) throw failed.error;
    });
  };
}
