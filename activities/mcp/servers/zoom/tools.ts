import { meetingTools } from './meetings.ts';
import { pastTools } from './past.ts';

export const tools = [...meetingTools, ...pastTools];
