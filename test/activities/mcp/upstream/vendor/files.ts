import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contract, VendorFiles } from '../contract.ts';
import type { Description } from './description.ts';
import { discovery } from './discovery.ts';
import { metaCodegen } from './meta.ts';
import { openApi } from './openapi.ts';
import { wordpressIndex } from './wordpress.ts';

/** Vendors' descriptions lie beside the project where there are any; their licences keep most of them out of it. */
const folder = fileURLToPath(new URL('../../../../../../shared/specs', import.meta.url));

export const descriptionsAreHere = existsSync(folder);

/** What a test says that cannot run without them. */
export const descriptionsAreAbsent = 'the descriptions of the vendors are not here (../shared/specs)';

const opened = new Map<string, Description>();

/** The vendor's description; null when the contract names none or the files are not here. */
export function descriptionOf({ vendor }: Contract): Description | null {
  if (!vendor || !descriptionsAreHere) return null;
  const all = vendor.files.map((file) => open(vendor, file));
  return {
    origins: all.flatMap(({ origins }) => origins),
    find: (...asked) => all.flatMap((one) => one.find(...asked)),
  };
}

function open({ kind, base, formJson, ignoreRequired }: VendorFiles, name: string): Description {
  const key = `${kind} ${name}`;
  const known = opened.get(key);
  if (known) return known;
  const file = join(folder, name);
  const description = {
    openapi: () => openApi(file, { base, formJson, ignoreRequired }),
    discovery: () => discovery(file),
    meta: () => metaCodegen(file),
    wordpress: () => wordpressIndex(file, base),
  }[kind]();
  opened.set(key, description);
  return description;
}
