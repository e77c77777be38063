#!/usr/bin/env node
// The command line: plain Node that loads the TypeScript it runs.
import { register } from 'tsx/esm/api';

register();
await import('./cli.ts');
