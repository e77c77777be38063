import * as z from 'zod';
import { defineManifest, defineServer, defineTool } from '../../../../activities/mcp/kit/server.ts';

const said = z.object({ said: z.string() });
const common = { risk: 'read', input: {}, example: {}, output: said } as const;

/** A server of the kit with the tools that the conformance suite calls by name; there is no vendor behind it. */
export const fixtureServer = defineServer(
  defineManifest({
    name: 'test',
    title: 'Conformance',
    summary: 'The tools that the conformance suite calls by name.',
    category: 'search',
    priority: 'special',
    version: '1.0.0',
    docsUrl: 'https://modelcontextprotocol.io',
    credentials: [],
    auth: { kind: 'key', sign: () => undefined },
    api: { baseUrl: 'https://vendor.invalid', problemOf: () => null },
    webhook: null,
    probe: { tool: 'test_simple_text', arguments: {} },
  }),
  [
    defineTool({
      ...common,
      name: 'test_simple_text',
      title: 'Say something',
      description: 'Answers with a sentence.',
      run: async () => ({ said: 'A sentence.' }),
    }),
    defineTool({
      ...common,
      name: 'test_error_handling',
      title: 'Fail',
      description: 'Fails every time.',
      run: async (_input, api) => api.refuse('nothing', 'This tool fails every time.'),
    }),
    defineTool({
      ...common,
      name: 'test_logging_tool',
      title: 'Say something without logging',
      description: 'No tool of the kit sends log messages to clients.',
      run: async () => ({ said: 'Nothing was logged.' }),
    }),
    defineTool({
      ...common,
      name: 'test_streaming_elicitation',
      title: 'Ask nothing',
      description: 'No tool of the kit asks the client for anything.',
      run: async () => ({ said: 'Nothing was asked.' }),
    }),
    defineTool({
      ...common,
      name: 'test_custom_headers',
      title: 'Take a value that also stands in a header',
      description: 'The value is repeated in a header of the request, and both have to fit.',
      input: { region: z.string().meta({ 'x-mcp-header': 'Region' }) },
      example: { region: 'eu' },
      run: async ({ region }) => ({ said: region }),
    }),
  ],
);
