import { contentTools } from './content.ts';
import { siteTools } from './site.ts';

export const tools = [...siteTools, ...contentTools];
