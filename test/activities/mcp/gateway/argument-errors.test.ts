import assert from 'node:assert/strict';
import { fromJsonSchema } from '@modelcontextprotocol/client';
import { argumentErrors } from '../../../../activities/mcp/gateway/argument-errors.ts';

const schema = {
  type: 'object',
  required: ['name', 'size', 'owner'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 5 },
    size: { type: 'string', enum: ['small', 'large'] },
    count: { type: 'integer', minimum: 1, maximum: 9 },
    site: { type: 'string', format: 'uri' },
    code: { type: 'string', pattern: '^[A-Z]+$' },
    tags: { type: 'array', minItems: 1, items: { type: 'string' } },
    owner: {
      type: 'object',
      required: ['email'],
      properties: { email: { type: 'string', format: 'email' } },
    },
    odd: { not: { type: 'string' } },
  },
};

/** What the real checker of the MCP client finds, in our words. */
async function errorsOf(args: unknown): Promise<Record<string, string>> {
  const { issues = [] } = await fromJsonSchema(schema as never)['~standard'].validate(args);
  return argumentErrors(issues.map(({ message }) => message).join(', '), schema as never);
}

describe('[MCP-G] arguments that do not fit the JSON Schema of a tool', () => {
  it('names every missing field, also inside of another', async () => {
    assert.deepEqual(await errorsOf({}), {
      name: 'Enter a value.',
      size: 'Enter a value.',
      owner: 'Enter a value.',
    });
    assert.deepEqual(await errorsOf({ name: 'ab', size: 'small', owner: {} }), {
      'owner.email': 'Enter a value.',
    });
  });

  it('has a sentence for every keyword and none of the checker’s own words', async () => {
    const found = await errorsOf({
      name: 'x',
      size: 'huge',
      count: 10,
      site: 'no',
      code: 'abc',
      tags: [],
      owner: { email: 'ada' },
      odd: 'text',
    });
    assert.deepEqual(found, {
      name: 'Must be 2 characters or more.',
      size: 'Choose one of small or large.',
      count: 'Must be 9 or less.',
      site: 'Enter a web address such as https://example.com.',
      code: 'Check the format.',
      tags: 'Choose at least 1.',
      'owner.email': 'Enter an email address such as name@example.com.',
      odd: 'Check this value.',
    });
    assert.deepEqual(
      await errorsOf({ name: 7, size: 'small', owner: { email: 'a@b.example' }, tags: [1], x: 1 }),
      {
        arguments: 'This field is not known.',
        name: 'Enter text.',
        'tags.0': 'Enter text.',
      },
    );
  });
});
