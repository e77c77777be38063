import { campaignTools } from './campaigns.ts';
import { contactTools } from './contacts.ts';

export const tools = [...contactTools, ...campaignTools];
