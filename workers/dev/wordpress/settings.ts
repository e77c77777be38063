import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeFileAtomic } from '../kit/files.ts';

const access = z.object({ user: z.string(), password: z.string(), applicationPassword: z.string() });

/** `access` is null until the site has been opened for the first time. Read by wp-config.php too. */
const schema = z.object({ url: z.url(), secret: z.string(), access: access.nullable() });

/** How to get into a site: the administrator's name, password for the browser and for the REST API. */
export type SiteAccess = z.infer<typeof access>;
export type SiteSettings = z.infer<typeof schema>;

export function parseAccess(json: string): SiteAccess {
  return access.parse(JSON.parse(json));
}

export function readSettings(folder: string): Promise<SiteSettings | null> {
  return readJson(join(folder, 'settings.json'), schema);
}

export function writeSettings(folder: string, settings: SiteSettings): Promise<void> {
  return writeFileAtomic(join(folder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`, 0o600);
}
