import { idPattern } from '../../../db/domain/ids.ts';
import { AppError } from '../../../db/domain/errors.ts';
import * as people from '../../../db/repos/people/people.ts';
import * as overview from '../../../db/repos/tenants/overview.ts';
import * as tenants from '../../../db/repos/tenants/tenants.ts';
import { pickCopy } from '../../../templates/admin/runs/copy.ts';
import type { Option } from '../../../templates/ui/inputs.tsx';
import type { RequestContext } from '../../kit/context.ts';

/** Fields of an input that are picked by name. */
const picks = ['tenantId', 'userId'] as const;
type Pick = (typeof picks)[number];

/** Matches that are offered to choose from; with more of them, the name has to be typed more exactly. */
const atMost = 8;

const isId: Record<Pick, RegExp> = { tenantId: idPattern('tenant'), userId: idPattern('user') };

/** What a typed name, email or id can mean, within the viewer's reach. */
async function matchesOf(
  context: RequestContext,
  field: Pick,
  typed: string,
  tenantId: string | undefined,
): Promise<Option[]> {
  const filter = { q: typed, limit: atMost };
  return context.deps.db.inScope(context.overview(), async (tx) => {
    if (field === 'tenantId') {
      const { items } = await overview.list(tx, { ...filter, sort: 'name' });
      return items.map(({ id, name }) => ({ value: id, label: name }));
    }
    const { items } = await people.list(tx, { ...filter, tenantId });
    return items.map(({ id, name, email }) => ({ value: id, label: `${name}, ${email}` }));
  });
}

/** The one that is meant: the only match, or the only one that is called exactly so. */
function meant(found: readonly Option[], typed: string): Option | undefined {
  if (found.length === 1) return found[0];
  const wanted = typed.toLowerCase();
  const exact = found.filter(({ label }) => label.toLowerCase() === wanted);
  return exact.length === 1 ? exact[0] : undefined;
}

interface Picked {
  /** The input with ids in place of names. */
  input: Record<string, unknown>;
  /** Why a field names none or several, by its name in the form. */
  errors: Record<string, string>;
  /** What a field that names several can mean. */
  choices: Partial<Record<Pick, Option[]>>;
}

/** Puts ids in place of the names that were typed; people are looked for in the tenant that was named. */
export async function pick(context: RequestContext, typed: Record<string, unknown>): Promise<Picked> {
  const picked: Picked = { input: { ...typed }, errors: {}, choices: {} };
  for (const field of picks) {
    const value = typed[field];
    if (typeof value !== 'string' || value.trim() === '' || isId[field].test(value.trim())) continue;
    const tenantId = picked.input['tenantId'];
    const isKnown = typeof tenantId === 'string' && isId.tenantId.test(tenantId);
    const found = await matchesOf(context, field, value.trim(), isKnown ? tenantId : undefined);
    const one = meant(found, value.trim());
    if (one) picked.input[field] = one.value;
    else {
      picked.errors[`input.${field}`] = pickCopy[field].matches(found.length);
      if (found.length > 1) picked.choices[field] = found;
    }
  }
  return picked;
}

/** The input with ids in place of names. Throws `request.invalid` where a name means none or several. */
export async function pickOrThrow(
  context: RequestContext,
  typed: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { input, errors } = await pick(context, typed);
  if (Object.keys(errors).length > 0) throw new AppError('request.invalid', { fields: errors });
  return input;
}

/** Whom the ids of an input mean, within the viewer's reach. */
export async function namesOfPicked(
  context: RequestContext,
  typed: Record<string, unknown>,
): Promise<Partial<Record<Pick, { id: string; name: string }>>> {
  const { tenantId, userId } = typed;
  const idOf = (field: Pick, value: unknown) =>
    typeof value === 'string' && isId[field].test(value) ? [value] : [];
  const found = await context.deps.db.inScope(context.overview(), async (tx) => ({
    tenantId: await tenants.names(tx, idOf('tenantId', tenantId)),
    userId: await people.names(tx, idOf('userId', userId)),
  }));
  return Object.fromEntries(
    picks.flatMap((field) => [...found[field]].map(([id, name]) => [field, { id, name }] as const)),
  );
}
