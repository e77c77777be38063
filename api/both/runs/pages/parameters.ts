import { z } from 'zod';
import type { Definition } from '../../../../db/domain/runs/templates/definition.ts';

/** Parameters as a form sends them; what they mean, the template tells. */
export const typedParameters = z.record(z.string(), z.unknown()).default({});

/** Boxes and choices of yes and no as answers: a box that isn’t ticked says no, a choice left open says nothing. */
export function answered(
  { parameters: { properties, required } }: Definition,
  typed: Record<string, unknown>,
): Record<string, unknown> {
  const given: Record<string, unknown> = { ...typed };
  for (const [name, parameter] of Object.entries(properties)) {
    if (parameter.type !== 'boolean') continue;
    const isBox = required.includes(name) || parameter.default !== undefined;
    const value = given[name];
    if (isBox || (value !== undefined && value !== '')) given[name] = value === 'true' || value === 'on';
  }
  return given;
}
