import { dirname, join } from 'node:path';

/** Where capability folders stand in each layer; what lies directly there is a registry or the layer's own ground. */
const layers: readonly { folder: string; but: readonly string[] }[] = [
  { folder: 'db/domain', but: [] },
  { folder: 'db/repos', but: ['shared'] },
  { folder: 'workflows', but: ['shared'] },
  { folder: 'activities', but: ['shared', 'adapters', 'mcp'] },
  { folder: 'api/admin', but: ['shared', 'home', 'search'] },
  { folder: 'api/client', but: ['shared', 'home'] },
  { folder: 'api/both', but: [] },
  { folder: 'api/public', but: ['shared', 'home'] },
  { folder: 'templates/admin', but: ['shared', 'home', 'search'] },
  { folder: 'templates/client', but: ['shared', 'home'] },
  { folder: 'templates/public', but: ['shared', 'home'] },
];

/** Layers whose files all belong to a capability; in the others a few files may stand at the root. */
const noRootFiles = [
  'db/repos',
  'api/admin',
  'api/client',
  'api/both',
  'templates/admin',
  'templates/client',
];

/** Files of capability layers that stand in no capability's folder. */
export function misplacedFiles(files: readonly string[], capabilities: readonly string[]): string[] {
  return files.filter((path) => {
    const layer = layers.find(({ folder }) => path.startsWith(`${folder}/`));
    if (!layer) return false;
    const [room, file] = path.slice(layer.folder.length + 1).split('/');
    if (file === undefined) {
      return noRootFiles.includes(layer.folder) || /\.(workflow|contract)\.ts$/.test(path);
    }
    return !capabilities.includes(room as string) && !layer.but.includes(room as string);
  });
}

const most = 20;

/** Folders with more files than one can take in; tool servers and migrations are lists on purpose. */
export function overfullFolders(files: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of files) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  return [...counts]
    .filter(([folder, count]) => count > most && !listsOnPurpose.test(folder))
    .map(([folder]) => folder);
}

const listsOnPurpose =
  /^(db\/migrations|test\/support|templates\/ui|api\/kit|activities\/mcp\/kit|test\/activities\/mcp(\/contracts)?)$/;

/** Tests that span several layers, or are about the tests' own stand-ins. */
const anywhere = /^test\/(e2e|chaos|replay|bench|support|activities\/mcp\/upstream)\//;

/** Tests in a folder that no source folder corresponds to. */
export function misplacedTests(files: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const path of files) {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) folders.add(folder);
  }
  return files.filter((path) => {
    if (!/\.test\.tsx?$/.test(path) || anywhere.test(path)) return false;
    const source = dirname(path).replace(/^test\/?/, '');
    return source !== '' && !folders.has(source);
  });
}

/** An import of a source file: both paths from the root of the repository. */
export interface Import {
  from: string;
  to: string;
}

/** The relative imports of a file, types included. */
export function importsOf(path: string, text: string): Import[] {
  const found = text.matchAll(/\bfrom\s+'(\.{1,2}\/[^']+)'/g);
  return [...found].map(([, target = '']) => ({ from: path, to: join(dirname(path), target) }));
}

const sides = ['admin', 'client', 'public', 'both'];
const roomOf = (path: string) => {
  const [layer, side = '', room = '', file] = path.split('/');
  return layer === 'api' && sides.includes(side) && file !== undefined ? { side, room } : null;
};

/**
 * Imports inside `api` that cross from one capability to another. A capability may use its own folder, what its side
 * shares, `api/both` and the kit; home and search collect from areas and import no capability.
 */
export function crossedImports(imports: readonly Import[]): Import[] {
  return imports.filter(({ from, to }) => {
    const [own, other] = [roomOf(from), roomOf(to)];
    if (!other) return false;
    if (!own) return from.startsWith('api/kit/');
    if (other.side === 'both') return false;
    return own.side !== other.side || (other.room !== own.room && other.room !== 'shared');
  });
}
