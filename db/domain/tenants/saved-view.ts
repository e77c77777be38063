import { z } from 'zod';
import { text } from '../common.ts';

/** The name a person gives a view. */
export const viewName = text(60);
/** Per person and list; more would be hard to find again. */
export const mostViews = 20;

export const savedView = z.object({
  id: z.string(),
  name: z.string(),
  /** The query string of the list: "status=live&sort=-mrr". */
  query: z.string(),
});
/** Filters and order of a list that a person saved under a name. */
export type SavedView = z.infer<typeof savedView>;
