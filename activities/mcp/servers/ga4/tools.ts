import { gscTools } from './gsc.ts';
import { gtmTools } from './gtm.ts';
import { propertyTools } from './properties.ts';
import { reportTools } from './reports.ts';

export const tools = [...propertyTools, ...reportTools, ...gtmTools, ...gscTools];
