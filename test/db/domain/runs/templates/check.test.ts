import assert from 'node:assert/strict';
import { isTooDeep, check } from '../../../../../db/domain/runs/templates/check.ts';
import type { Library, ToolShape } from '../../../../../db/domain/runs/templates/issue.ts';
import type { Definition, Step } from '../../../../../db/domain/runs/templates/definition.ts';
import { definition as shape } from '../../../../../db/domain/runs/templates/schema.ts';
import { curatedTemplates } from '../../../../../templates/workflows/curated.ts';

const shapeOf = (properties: ToolShape['properties'], required: string[] = []): ToolShape => ({
  ...{ properties, required },
  open: false,
});
const tools: Record<string, ToolShape> = {
  'stripe/stripe_get_balance': shapeOf({}),
  'stripe/stripe_list_overdue_invoices': shapeOf(
    { due_before: { type: 'string' }, limit: { type: 'integer' } },
    ['due_before'],
  ),
  'mailer/send': shapeOf({ to: { type: 'string' } }, ['to']),
};
const library: Library = {
  tool: (server, tool) => tools[`${server}/${tool}`] ?? null,
  template: (id) => used[id] ?? null,
  isEvent: (action) => action === 'invoice.finalised',
};
const empty = { type: 'object' as const, properties: {}, required: [] };
const used: Record<string, Definition> = {
  wft_other: {
    parameters: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    steps: [{ id: 'note', title: 'Note', kind: 'record', change: 'note', text: 'x' }],
  },
  wft_circle: {
    parameters: empty,
    steps: [{ id: 'back', title: 'Back', kind: 'template', template: 'wft_self', parameters: {} }],
  },
};

function issuesOf(steps: Step[], parameters: Definition['parameters'] = empty): string[] {
  const definition = shape.parse({ parameters, steps });
  return check(definition, library, 'wft_self').map(({ at, code, problem, place }) =>
    [at, code, problem, place].filter((part) => part !== undefined).join(' '),
  );
}
const note = (id: string, text: string): Step => ({ id, title: id, kind: 'record', change: 'note', text });
const mail = (to: string): Step => ({ id: 'mail', title: 'Mail', kind: 'mail', to, subject: 'S', body: 'B' });

describe('[WF-4a] a workflow template is checked before it runs', () => {
  it('every curated template is right, and has the shape that people can save', () => {
    for (const { id, definition } of curatedTemplates) {
      assert.deepEqual(shape.parse(definition), definition);
      assert.deepEqual(check(definition, library, id), [], id);
    }
  });

  it('names what is wrong and where: names, types, tools, templates, bounds', () => {
    const cases: [Step[], string[]][] = [
      [[note('a', '{{ steps.later.x }}'), note('later', 'x')], ['steps.0.text expression unknown-name 9']],
      [[note('a', '={{')], ['steps.0.text expression unreadable 1']],
      [[note('a', 'x'), note('a', 'y')], ['steps duplicate-name']],
      [[note('a', '=1 + "x"')], ['steps.0.text expression wrong-type 5']],
      [[note('a', '=1')], ['steps.0.text wrong-type']],
      [[mail('everyone')], ['steps.0.to wrong-address']],
      [[mail('=parameters.to')], ['steps.0.to expression unknown-name 12']],
      [
        [{ id: 't', title: 'T', kind: 'tool', server: 'stripe', tool: 'stripe_pay', arguments: {} }],
        ['steps.0.tool unknown-tool'],
      ],
      [
        [{ id: 't', title: 'T', kind: 'tool', server: 'mailer', tool: 'send', arguments: { cc: 'x' } }],
        ['steps.0.arguments.cc unknown-argument', 'steps.0.arguments.to missing-argument'],
      ],
      [
        [{ id: 't', title: 'T', kind: 'tool', server: 'mailer', tool: 'send', arguments: { to: 5 } }],
        ['steps.0.arguments.to wrong-type'],
      ],
      [
        [{ id: 'h', title: 'H', kind: 'http', method: 'GET', url: 'http://127.0.0.1/x' }],
        ['steps.0.url not-public'],
      ],
      [
        [{ id: 'h', title: 'H', kind: 'http', method: 'GET', url: 'http://[::1]/x' }],
        ['steps.0.url not-public'],
      ],
      [[{ id: 'w', title: 'W', kind: 'wait' }], ['steps.0.for one-of']],
      [
        [{ id: 'w', title: 'W', kind: 'wait', event: { action: 'no.event', withinDays: 1 } }],
        ['steps.0.event.action unknown-event'],
      ],
      [
        [{ id: 'l', title: 'L', kind: 'loop', over: '="text"', as: 'one', max: 3, steps: [] }],
        ['steps.0.over wrong-type'],
      ],
      [
        [{ id: 's', title: 'S', kind: 'template', template: 'wft_other', parameters: {} }],
        ['steps.0.parameters.name missing-argument'],
      ],
      [
        [{ id: 's', title: 'S', kind: 'template', template: 'wft_self', parameters: {} }],
        ['steps.0.template template-cycle'],
      ],
      [
        [{ id: 's', title: 'S', kind: 'template', template: 'wft_circle', parameters: {} }],
        ['steps.0.template template-cycle'],
      ],
      [
        [{ id: 's', title: 'S', kind: 'template', template: 'wft_none', parameters: {} }],
        ['steps.0.template unknown-template'],
      ],
    ];
    for (const [steps, wanted] of cases) assert.deepEqual(issuesOf(steps), wanted, JSON.stringify(steps));
  });

  it('a branch sees no other branch; what comes after sees all of them', () => {
    const branches = [[note('left', 'x')], [note('right', '{{ steps.left.recorded }}')]];
    const parallel: Step = { id: 'both', title: 'Both', kind: 'parallel', branches };
    assert.deepEqual(issuesOf([parallel]), ['steps.0.branches.1.0.text expression unknown-name 9']);
    const right: Step = { ...parallel, branches: [[note('left', 'x')], [note('right', 'x')]] };
    assert.deepEqual(
      issuesOf([right, note('after', '{{ steps.left.recorded & steps.right.recorded }}')]),
      [],
    );
  });

  it('refuses shapes that are too deep, too long or hide credentials', () => {
    let deep: unknown = {};
    for (let level = 0; level < 5_000; level++) deep = { then: [deep] };
    assert.ok(isTooDeep(deep));
    const many = Array.from({ length: 61 }, (_, at) => note(`n${at}`, 'x'));
    assert.ok(!shape.safeParse({ parameters: empty, steps: many }).success);
    const secret = {
      id: 'h',
      title: 'H',
      kind: 'http',
      method: 'GET',
      url: 'https://a.example/',
      headers: { Authorization: 'x' },
    };
    assert.ok(!shape.safeParse({ parameters: empty, steps: [secret] }).success);
    assert.ok(!shape.safeParse({ parameters: empty, steps: [note('constructor', 'x')] }).success);
  });
});
