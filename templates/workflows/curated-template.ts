import type { Definition } from '../../db/domain/runs/templates/definition.ts';

/** A template that comes with the product: businesses copy it, and start and change their copy. */
export interface CuratedTemplate {
  id: string;
  title: string;
  summary: string;
  /** Raised with every change, so that copies are offered the new one. */
  version: number;
  definition: Definition;
}
