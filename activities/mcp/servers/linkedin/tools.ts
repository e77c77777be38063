import { adTools } from './ads.ts';
import { campaignTools } from './campaigns.ts';
import { leadTools } from './leads.ts';
import { pageTools } from './pages.ts';

export const tools = [...pageTools, ...adTools, ...campaignTools, ...leadTools];
