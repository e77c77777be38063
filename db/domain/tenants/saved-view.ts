import { z } from 'zod';
import { text } from '../common.ts';

/** What a person calls a view. */
export const viewName = text(60);
/** More than that are hard to find again. */
export const mostViews = 20;

export const savedView = z.object({
  id: z.string(),
  name: z.string(),
  /** What the list is asked for, as it stands in the address: "status=live&sort=-mrr". */
  query: z.string(),
});
/** A list as a person likes to see it, by the name that person gave it. */
export type SavedView = z.infer<typeof savedView>;
