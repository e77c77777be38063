import { AppError } from '../../../db/domain/errors.ts';
import { eventActions } from '../../../db/domain/event.ts';
import { check, isTooDeep } from '../../../db/domain/runs/templates/check.ts';
import type { Issue, Library, ToolShape } from '../../../db/domain/runs/templates/issue.ts';
import {
  allSteps,
  type Bundle,
  type Definition,
  limits,
} from '../../../db/domain/runs/templates/definition.ts';
import { definition as shape } from '../../../db/domain/runs/templates/schema.ts';
import { rowsOf } from '../../../db/domain/runs/templates/interpret.ts';
import { listTools } from '../../../db/repos/integrations/tools.ts';
import { usedBy } from '../../../db/repos/runs/templates/bundles.ts';
import { issueText } from '../../../templates/shared/workflow-templates/issues-copy.ts';
import type { RequestContext } from '../../kit/context.ts';
import { homeOf } from './home.ts';

function toolShape(schema: Record<string, unknown>): ToolShape {
  const {
    properties = {},
    required = [],
    additionalProperties,
  } = schema as {
    properties?: ToolShape['properties'];
    required?: string[];
    additionalProperties?: unknown;
  };
  return {
    properties,
    required,
    open: additionalProperties !== false && Object.keys(properties).length === 0,
  };
}

/** A definition with all templates it uses, as they are now. */
export async function bundleNow(context: RequestContext, root: Definition): Promise<Bundle> {
  const used = await context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
    usedBy(tx, homeOf(context), root),
  );
  return { root, used };
}

/** Everything that is wrong with a definition of the right shape. */
export async function issuesOf(context: RequestContext, root: Definition, id: string): Promise<Issue[]> {
  const steps = allSteps(root.steps);
  const bundle = await bundleNow(context, root);
  const servers = new Set(steps.flatMap((step) => (step.kind === 'tool' ? [step.server] : [])));
  const tools = await context.deps.db.inScope(
    { ...context.scope('platform'), readOnly: true },
    async (tx) => {
      const found = [];
      for (const server of [...servers].slice(0, limits.steps))
        found.push(...(await listTools(tx, { server, state: 'approved' })));
      return found;
    },
  );
  const byName = new Map(
    tools.map(({ server, name, definition }) => [`${server}/${name}`, toolShape(definition.inputSchema)]),
  );
  const library: Library = {
    tool: (server, tool) => byName.get(`${server}/${tool}`) ?? null,
    template: (used) => bundle.used[used] ?? null,
    isEvent: (action) => Object.hasOwn(eventActions, action),
  };
  const issues = check(root, library, id);
  if (issues.length === 0 && rowsOf(bundle).length > limits.rows)
    issues.push({ at: 'steps', step: null, code: 'too-many-steps', about: String(limits.rows) });
  return issues;
}

/** Reads a definition; what is wrong with its shape comes as issues. */
export function readDefinition(
  given: unknown,
): { definition: Definition; issues: [] } | { definition: null; issues: Issue[] } {
  const whole = { at: 'definition', step: null } as const;
  if (isTooDeep(given))
    return { definition: null, issues: [{ ...whole, code: 'too-deep', about: String(limits.depth) }] };
  if ((JSON.stringify(given) ?? '').length > limits.characters) {
    const text = `A definition has at most ${limits.characters} characters.`;
    return { definition: null, issues: [{ ...whole, code: 'shape', text }] };
  }
  const parsed = shape.safeParse(given);
  if (parsed.success) return { definition: parsed.data, issues: [] };
  const issues = parsed.error.issues.map(({ path, message }): Issue => {
    const at = path.map(String).join('.') || 'definition';
    return { at, step: stepAt(given, path), code: 'shape', text: message };
  });
  return { definition: null, issues };
}

/** The id of the innermost step on a path. */
function stepAt(given: unknown, path: readonly PropertyKey[]): string | null {
  let at = given;
  let found: string | null = null;
  for (const part of path) {
    if (at === null || typeof at !== 'object') break;
    at = (at as Record<PropertyKey, unknown>)[part];
    const id = (at as { id?: unknown; kind?: unknown } | null)?.id;
    if (typeof id === 'string') found = id;
  }
  return found;
}

/** Issues as messages by their place, after a prefix. */
export function issueFields(issues: readonly Issue[], prefix = 'definition'): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of issues) {
    const at = issue.at === 'definition' ? prefix : `${prefix}.${issue.at}`;
    fields[at] ??= issueText(issue);
  }
  return fields;
}

/** The definition, or `request.invalid` with each problem of its shape at its place. */
export function definitionOrThrow(given: unknown): Definition {
  const { definition, issues } = readDefinition(given);
  if (!definition) throw new AppError('request.invalid', { fields: issueFields(issues) });
  return definition;
}

/** Throws `template.invalid` with every problem at its place. */
export async function assertRight(
  context: RequestContext,
  definition: Definition,
  id: string,
): Promise<void> {
  const issues = await issuesOf(context, definition, id);
  if (issues.length > 0) throw new AppError('template.invalid', { fields: issueFields(issues) });
}
