import { channelTools } from './channels.ts';
import { fileTools } from './files.ts';
import { messageTools } from './messages.ts';

export const tools = [...channelTools, ...messageTools, ...fileTools];
