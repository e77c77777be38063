import { readdirSync } from 'node:fs';

/** A page with realistic values; used by the tests, axe and the screenshots. */
export interface PageSample {
  /** File name of its screenshot. */
  name: string;
  html: () => string;
}

const sides = ['public', 'client', 'admin'] as const;

/** What each `<side>/<capability>.samples.tsx` exports; a new area only adds its file. */
async function collect(): Promise<PageSample[]> {
  const files = sides.flatMap((side) =>
    readdirSync(new URL(`./${side}/`, import.meta.url))
      .filter((file) => file.endsWith('.samples.tsx'))
      .sort()
      .map((file) => `./${side}/${file}`),
  );
  const modules = (await Promise.all(files.map((file) => import(file)))) as { samples: PageSample[] }[];
  return modules.flatMap(({ samples }) => samples);
}

/** Every page in every state worth checking. */
export const gallery: readonly PageSample[] = await collect();
