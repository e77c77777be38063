import { type Definition, type Step } from '../../../../db/domain/runs/templates/definition.ts';
import { templatesCopy } from '../copy.ts';

/** Sizes in pixels. */
export const size = { width: 190, height: 46, gap: 26, between: 20, padding: 14, label: 20 } as const;

export interface GraphNode {
  step: Step;
  x: number;
  y: number;
}
/** A line from one point to another, with what it stands for. */
export interface GraphLine {
  from: readonly [number, number];
  to: readonly [number, number];
  label?: string;
}
/** Steps that are taken again and again. */
export interface GraphBox {
  title: string;
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Graph {
  width: number;
  height: number;
  nodes: GraphNode[];
  lines: GraphLine[];
  boxes: GraphBox[];
}

/** Part of a graph with its own origin; lines enter and leave it in its middle. */
type Part = Graph;

const empty = (): Part => ({ width: size.width, height: 0, nodes: [], lines: [], boxes: [] });

function shift(part: Part, dx: number, dy: number): Part {
  const move = ([x, y]: readonly [number, number]) => [x + dx, y + dy] as const;
  return {
    ...part,
    nodes: part.nodes.map((node) => ({ ...node, x: node.x + dx, y: node.y + dy })),
    lines: part.lines.map((line) => ({ ...line, from: move(line.from), to: move(line.to) })),
    boxes: part.boxes.map((box) => ({ ...box, x: box.x + dx, y: box.y + dy })),
  };
}

const merged = (parts: readonly Part[]): Pick<Part, 'nodes' | 'lines' | 'boxes'> => ({
  nodes: parts.flatMap(({ nodes }) => nodes),
  lines: parts.flatMap(({ lines }) => lines),
  boxes: parts.flatMap(({ boxes }) => boxes),
});

/** One below the other, joined by lines. */
function stacked(parts: readonly Part[]): Part {
  if (parts.length === 0) return empty();
  const width = Math.max(...parts.map((part) => part.width));
  const placed: Part[] = [];
  const lines: GraphLine[] = [];
  let y = 0;
  for (const part of parts) {
    if (placed.length > 0) {
      lines.push({ from: [width / 2, y], to: [width / 2, y + size.gap] });
      y += size.gap;
    }
    placed.push(shift(part, (width - part.width) / 2, y));
    y += part.height;
  }
  const all = merged(placed);
  return { ...all, lines: [...all.lines, ...lines], width, height: y };
}

/** Branches side by side, below the step that divides and above the point where they meet. */
function branched(head: Part, branches: readonly { label: string; part: Part }[]): Part {
  const inner = branches.reduce((sum, { part }) => sum + part.width, size.between * (branches.length - 1));
  const width = Math.max(head.width, inner);
  const top = head.height + size.gap + size.label;
  const deepest = Math.max(...branches.map(({ part }) => part.height));
  const height = top + deepest + size.gap;
  const middle = width / 2;
  let x = (width - inner) / 2;
  const placed: Part[] = [shift(head, (width - head.width) / 2, 0)];
  const lines: GraphLine[] = [];
  for (const { label, part } of branches) {
    const centre = x + part.width / 2;
    placed.push(shift(part, x, top));
    lines.push({ from: [middle, head.height], to: [centre, top], label });
    lines.push({ from: [centre, top + part.height], to: [middle, height] });
    x += part.width + size.between;
  }
  const all = merged(placed);
  return { ...all, lines: [...all.lines, ...lines], width, height };
}

function boxed(head: Part, title: string, body: Part): Part {
  const inner = body.height === 0 ? { ...body, height: size.gap } : body;
  const box = { width: inner.width + 2 * size.padding, height: inner.height + 2 * size.padding + size.label };
  const width = Math.max(head.width, box.width);
  const top = head.height + size.gap;
  const left = (width - box.width) / 2;
  const all = merged([
    shift(head, (width - head.width) / 2, 0),
    shift(inner, left + size.padding, top + size.padding + size.label),
  ]);
  return {
    ...all,
    boxes: [{ title, x: left, y: top, ...box }, ...all.boxes],
    lines: [...all.lines, { from: [width / 2, head.height], to: [width / 2, top] }],
    width,
    height: top + box.height,
  };
}

function partOf(step: Step): Part {
  const head: Part = {
    ...empty(),
    height: size.height,
    nodes: [{ step, x: 0, y: 0 }],
  };
  const { steps: words } = templatesCopy;
  switch (step.kind) {
    case 'condition':
      return branched(head, [
        { label: words.yes, part: listOf(step.then) },
        { label: words.no, part: listOf(step.else ?? []) },
      ]);
    case 'parallel':
      return branched(
        head,
        step.branches.map((list, index) => ({ label: words.branch(index + 1), part: listOf(list) })),
      );
    case 'loop':
      return boxed(head, words.inside, listOf(step.steps));
    default:
      return head;
  }
}

const listOf = (steps: readonly Step[]): Part => stacked(steps.map(partOf));

/** Where everything of a template stands: steps from top to bottom, branches side by side, loops in a box. */
export const layOut = ({ steps }: Pick<Definition, 'steps'>): Graph => shift(listOf(steps), 0, 0);
