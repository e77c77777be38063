import { campaignTools } from './campaigns.ts';
import { conversionTools } from './conversions.ts';
import { createTools } from './create.ts';
import { keywordTools } from './keywords.ts';
import { reportTools } from './reports.ts';

export const tools = [...reportTools, ...createTools, ...campaignTools, ...keywordTools, ...conversionTools];
