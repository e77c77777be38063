import { z } from 'zod';
import type { Step } from '../definition.ts';
import { stepShapes } from '../schema.ts';

/**
 * How a field of a step is asked for: `line` and `text` hold texts, `count` a whole number or an expression, `value`
 * anything JSON can hold, `rows` values by name.
 */
export interface StepField {
  /** Path in the step: "for.days". */
  name: string;
  type: 'line' | 'text' | 'number' | 'count' | 'yes' | 'choice' | 'value' | 'rows';
  required: boolean;
  options?: readonly string[];
}

interface Shape {
  type?: string;
  const?: unknown;
  enum?: string[];
  anyOf?: Shape[];
  $ref?: string;
  pattern?: string;
  maxLength?: number;
  properties?: Record<string, Shape>;
  additionalProperties?: unknown;
  required?: string[];
}

/** Lists of steps are edited as steps. */
const lists = ['then', 'else', 'branches', 'steps'];

function typeOf(shape: Shape): StepField['type'] {
  if (shape.enum) return 'choice';
  if (shape.anyOf) return 'count';
  if (shape.type === 'boolean') return 'yes';
  if (shape.type === 'integer') return 'number';
  if (shape.type === 'object') return 'rows';
  if (shape.type !== 'string') return 'value';
  return (shape.maxLength ?? 0) > 300 ? 'text' : 'line';
}

function fieldsIn({ properties = {}, required = [] }: Shape, prefix: string): StepField[] {
  return Object.entries(properties).flatMap(([key, shape]): StepField[] => {
    if (shape.const !== undefined) return [];
    const name = prefix + key;
    if (shape.properties) return fieldsIn({ ...shape, required: [] }, `${name}.`);
    return [
      {
        ...{ name, type: typeOf(shape), required: required.includes(key) },
        ...(shape.enum && { options: shape.enum }),
      },
    ];
  });
}

function fieldsOfShape(shape: z.ZodObject): StepField[] {
  const without = Object.fromEntries(lists.filter((name) => name in shape.shape).map((name) => [name, true]));
  return fieldsIn(z.toJSONSchema(shape.omit(without as never), { io: 'input' }) as Shape, '');
}

const found = new Map([...stepShapes].map(([kind, shape]) => [kind, fieldsOfShape(shape)] as const));

export const stepKinds = [...stepShapes.keys()] as readonly Step['kind'][];

/** The fields of a kind of step, from its schema, without the steps inside it. */
export const fieldsOf = (kind: Step['kind']): readonly StepField[] => found.get(kind) ?? [];
