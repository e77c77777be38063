import { AppError } from '../../../domain/errors.ts';
import { PLATFORM_TENANT_ID } from '../../../domain/ids.ts';
import { allSteps, type Bundle, type Definition } from '../../../domain/runs/templates/definition.ts';
import type { Tx } from '../../../scope.ts';
import { find, getVersion } from './templates.ts';

/** The live version of a template: of the business itself, else one that the platform shares; null without. */
async function liveVersion(tx: Tx, homeId: string, id: string) {
  for (const tenantId of new Set([homeId, PLATFORM_TENANT_ID])) {
    const template = await find(tx, tenantId, id);
    if (template?.liveVersion) return getVersion(tx, tenantId, id, template.liveVersion);
  }
  return null;
}

/** The live version with all that it uses. Throws `template.not-live`. Needs the reach of the platform. */
export async function liveBundle(
  tx: Tx,
  homeId: string,
  id: string,
): Promise<{ version: number; bundle: Bundle }> {
  const live = await liveVersion(tx, homeId, id);
  if (!live) throw new AppError('template.not-live');
  const { version, definition: root } = live;
  return { version, bundle: { root, used: await usedBy(tx, homeId, root) } };
}

/** The live definitions of all templates that a definition uses, and those use, by id; what isn't there is missing. */
export async function usedBy(tx: Tx, homeId: string, root: Definition): Promise<Record<string, Definition>> {
  const used: Record<string, Definition> = {};
  const open = [root];
  for (let definition = open.pop(); definition; definition = open.pop()) {
    for (const step of allSteps(definition.steps)) {
      if (step.kind !== 'template' || Object.hasOwn(used, step.template)) continue;
      const found = (await liveVersion(tx, homeId, step.template))?.definition;
      if (!found) continue;
      used[step.template] = found;
      open.push(found);
      if (Object.keys(used).length > mostUsed) throw new AppError('template.too-large');
    }
  }
  return used;
}

const mostUsed = 20;
