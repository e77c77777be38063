import { adTools } from './ads.ts';
import { campaignTools } from './campaigns.ts';
import { leadTools } from './leads.ts';
import { reportTools } from './reports.ts';
import { runTools } from './run.ts';

export const tools = [...reportTools, ...campaignTools, ...adTools, ...runTools, ...leadTools];
