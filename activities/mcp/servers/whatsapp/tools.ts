import { messageTools } from './messages.ts';
import { numberTools } from './numbers.ts';
import { templateTools } from './templates.ts';

export const tools = [...messageTools, ...templateTools, ...numberTools];
