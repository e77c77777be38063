import { eventTools } from './events.ts';
import { flagTools } from './flags.ts';
import { insightTools } from './insights.ts';

export const tools = [...insightTools, ...flagTools, ...eventTools];
