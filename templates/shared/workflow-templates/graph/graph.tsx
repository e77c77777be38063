import type { VNode } from 'preact';
import type { Definition } from '../../../../db/domain/runs/templates/definition.ts';
import { plainCount } from '../../../../db/domain/plural.ts';
import { kindCopy } from '../copy.ts';
import { type GraphLine, type GraphNode, layOut, size } from './layout.ts';

/** How a step is marked: taken or left out by a run, or with a problem. */
export type Mark = 'taken' | 'left' | 'problem';

const characters = { title: 24, kind: 30 } as const;
const cut = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
/** Room for the points where a run begins and ends. */
const ends = 26;

function Node(props: { node: GraphNode; mark: Mark | undefined }): VNode {
  const { node, mark } = props;
  const { step, x, y } = node;
  const isFork = step.kind === 'condition' || step.kind === 'parallel';
  return (
    <g
      class={`bz-node bz-node-${step.kind}${mark ? ` bz-node-${mark}` : ''}`}
      transform={`translate(${x} ${y})`}
    >
      <title>{step.title}</title>
      <rect width={size.width} height={size.height} rx={isFork ? size.height / 2 : 8} />
      <text class="bz-node-title" x={size.width / 2} y={20}>
        {cut(step.title, characters.title)}
      </text>
      <text class="bz-node-kind" x={size.width / 2} y={36}>
        {cut(kindCopy[step.kind].title, characters.kind)}
      </text>
    </g>
  );
}

/** Straight down, or with one bend on each side. */
function pathOf({ from: [x1, y1], to: [x2, y2] }: GraphLine): string {
  if (Math.abs(x1 - x2) < 1) return `M${x1} ${y1}V${y2}`;
  const bend = y2 - y1 > 2 * size.gap ? y2 - size.gap / 2 : y1 + size.gap / 2;
  return `M${x1} ${y1}V${bend}H${x2}V${y2}`;
}

/**
 * A template as a drawing: steps from top to bottom, branches side by side, loops in a box. What it shows stands beside
 * it as a list too.
 */
export function TemplateGraph(props: {
  title: string;
  definition: Pick<Definition, 'steps'>;
  /** By the id of the step. */
  marks?: ReadonlyMap<string, Mark>;
  idPrefix?: string;
}): VNode {
  const { definition, marks, title, idPrefix = 'graph' } = props;
  const graph = layOut(definition);
  const [width, height] = [graph.width + 2 * size.padding, graph.height + 2 * ends];
  const middle = graph.width / 2;
  return (
    <div class="bz-graph" tabIndex={0} role="region" aria-label={title}>
      <svg
        role="img"
        aria-labelledby={`${idPrefix}-title ${idPrefix}-desc`}
        viewBox={`${-size.padding} ${-ends} ${width} ${height}`}
        width={width}
        height={height}
      >
        <title id={`${idPrefix}-title`}>{title}</title>
        <desc id={`${idPrefix}-desc`}>
          {plainCount(graph.nodes.length, 'step', 'steps')} from top to bottom, branches side by side,
          repeated steps in a box.
        </desc>
        {graph.boxes.map((box) => (
          <g class="bz-graph-box">
            <rect x={box.x} y={box.y} width={box.width} height={box.height} rx={10} />
            <text x={box.x + 12} y={box.y + 18}>
              {box.title}
            </text>
          </g>
        ))}
        <g class="bz-graph-lines">
          <circle cx={middle} cy={-ends + 8} r={5} />
          <path d={`M${middle} ${-ends + 13}V0`} />
          {graph.lines.map((line) => (
            <path d={pathOf(line)} />
          ))}
          <path d={`M${middle} ${graph.height}V${graph.height + ends - 13}`} />
          <circle class="bz-graph-end" cx={middle} cy={graph.height + ends - 8} r={5} />
        </g>
        {graph.lines.map((line) =>
          line.label ? (
            <text class="bz-graph-label" x={line.to[0] + 6} y={line.to[1] - 7}>
              {line.label}
            </text>
          ) : null,
        )}
        {graph.nodes.map((node) => (
          <Node node={node} mark={marks?.get(node.step.id)} />
        ))}
      </svg>
    </div>
  );
}
