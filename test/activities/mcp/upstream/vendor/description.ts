import type { BodyForm } from '../contract.ts';
import type { Shape } from '../shapes.ts';

/** What a description says of one operation. Shapes carry their own definitions. */
export interface Parts {
  path: Shape;
  query: Shape;
  /** `a[b]=c` in the query are members of `a`. */
  bracketed: boolean;
  /** Open: headers that a description does not name are none of its business. */
  headers: Shape;
  bodies: readonly BodyForm[];
  bodyRequired: boolean;
}

/** An operation that a request may be. */
export interface Candidate {
  id: string;
  params: Record<string, string>;
  /** How much of its path is literal. */
  literals: number;
  parts(): Parts;
}

/** A vendor's own description of its API. */
export interface Description {
  /** Hosts it names, as origins. */
  origins: readonly string[];
  /** Operations with this method and path; `describedAs` picks one where several share them. */
  find(method: string, path: string, describedAs?: string): Candidate[];
}

/** A definition by name, as a reference to it. */
export type Refer = (name: string) => Shape;

/** A shape with every definition it refers to, each built when it is first referred to. */
export function bundled(root: (refer: Refer) => Shape, define: (name: string, refer: Refer) => Shape): Shape {
  const ids = new Map<string, string>();
  const $defs: Record<string, Shape> = {};
  const refer: Refer = (name) => {
    let id = ids.get(name);
    if (id === undefined) {
      id = `d${ids.size}`;
      ids.set(name, id);
      $defs[id] = define(name, refer);
    }
    return { $ref: `#/$defs/${id}` };
  };
  return { ...root(refer), $defs };
}
