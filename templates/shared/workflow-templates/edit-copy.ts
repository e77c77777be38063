import type { StepField } from '../../../db/domain/runs/templates/edit/fields.ts';
import type { ParameterKind } from '../../../db/domain/runs/templates/edit/parameter-form.ts';

interface Words {
  label: string;
  help?: string;
}

/** Fields of steps by their path; a field that isn’t here is called by its name. */
const fields: Readonly<Record<string, Words>> = {
  title: { label: 'Title', help: 'What people read in the list of steps.' },
  id: {
    label: 'Name in expressions',
    help: 'Left empty, it is made from the title. Later steps find the result as steps.name.',
  },
  optional: { label: 'Continue if this step fails' },
  example: {
    label: 'Result in a dry run',
    help: 'A text, or JSON. Without it, a dry run assumes the usual result.',
  },
  to: { label: 'To', help: 'starter, owner, admins, team, or an email address.' },
  subject: { label: 'Subject' },
  body: { label: 'Text' },
  'http.body': { label: 'Body', help: 'A text, an expression, or JSON.' },
  method: { label: 'Method' },
  url: { label: 'Web address', help: 'Begins with https://.' },
  headers: { label: 'Headers' },
  question: { label: 'Question' },
  by: { label: 'Who decides' },
  expiresInDays: { label: 'Days until it expires' },
  'for.days': { label: 'Days', help: 'A number or an expression.' },
  'for.hours': { label: 'Hours' },
  'for.minutes': { label: 'Minutes' },
  until: { label: 'Until', help: 'A date such as 2026-11-30, or an expression such as =parameters.due.' },
  'event.action': { label: 'Event' },
  'event.about': { label: 'About', help: 'The ID of what the event is about. Empty for any.' },
  'event.withinDays': { label: 'At most so many days' },
  values: { label: 'Values' },
  change: { label: 'What to write' },
  text: { label: 'Text' },
  if: { label: 'Condition', help: 'An expression, such as parameters.amount >= 100.' },
  over: { label: 'For each item of', help: 'A list, such as =parameters.tasks.' },
  while: { label: 'Or while this holds', help: 'An expression, such as not steps.check.approved.' },
  as: { label: 'Name of the item', help: 'What expressions inside call it. Its number is index, from 0.' },
  max: { label: 'Rounds at most' },
  template: { label: 'Template' },
  parameters: { label: 'Parameters' },
};

const choices: Readonly<Record<string, string>> = {
  owner: 'The owner',
  admin: 'Owners and administrators',
  note: 'A note in the log',
};

/** Shown under a heading of their own. */
export const groups: Readonly<Record<string, Words>> = {
  for: { label: 'For some time' },
  until: { label: 'Or until a date' },
  event: { label: 'Or for an event' },
};

export const fieldWords = (kind: string, { name }: StepField): Words =>
  fields[`${kind}.${name}`] ?? fields[name] ?? { label: name };
export const choiceWords = (value: string): string => choices[value] ?? value;

export const editCopy = {
  title: (title: string) => `Edit ${title}`,
  purpose: 'Every change is saved as a draft. Nothing that runs is touched.',
  done: 'Done',
  undo: 'Undo',
  undone: (version: number) => `Undone. This is version ${version}.`,
  discard: 'Discard changes',
  discarded: 'Back to the published version.',
  publish: 'Publish',
  state: (version: number, live: number | null) =>
    live === null
      ? `Version ${version}, not published yet`
      : live === version
        ? `Version ${version}, published`
        : `Version ${version}, draft; version ${live} is published`,
  steps: 'Steps',
  graph: 'Graph',
  json: 'JSON',
  jsonNote: 'The same as the form. Change it in either.',
  jsonLabel: 'Definition',
  jsonSave: 'Save JSON',
  jsonLong: 'This template is long. Its JSON has a page of its own.',
  jsonOpen: 'Open the JSON',
  jsonUnreadable: (text: string) => `This isn’t JSON: ${text}`,
  jsonSaved: 'Saved.',
  about: 'Name and summary',
  aboutSave: 'Save',
  compact: 'Open a step to move or delete it, or to add steps inside it.',
  graphLong: 'This template is long. Its drawing has a page of its own.',
  graphOpen: 'Open the graph',
  noSteps: 'No steps yet. Add the first one.',
  noStepsInside: 'No steps here yet.',
  add: 'Add step',
  addHere: (place: string) => `Add a step: ${place}`,
  choose: 'What should happen?',
  chooseNote: 'Choose a kind of step.',
  newStep: (kind: string) => `New step: ${kind.toLowerCase()}`,
  chooseTool: 'Tool',
  chooseToolHelp: 'Tools of all published integrations. The business must have connected them.',
  toolPlaceholder: 'Choose a tool',
  next: 'Continue',
  arguments: 'Arguments',
  argumentsHelp: 'Texts, numbers, or expressions such as =parameters.email.',
  save: 'Save step',
  insert: 'Add step',
  cancel: 'Cancel',
  saved: 'Saved as a draft.',
  removed: 'Removed. Undo brings it back.',
  moved: 'Moved.',
  branchAdded: 'Branch added.',
  branchRemoved: 'Branch removed. Undo brings it back.',
  more: 'More settings',
  edit: (title: string) => `Edit ${title}`,
  up: (title: string) => `Move ${title} up`,
  down: (title: string) => `Move ${title} down`,
  remove: (title: string) => `Delete ${title}`,
  addBranch: 'Add branch',
  removeBranch: (number: number) => `Delete branch ${number}`,
  nameTaken: 'Another parameter has this name.',
  cantMove: 'It can’t be moved there.',
  rowName: 'Name',
  rowValue: 'Value',
  rowsHelp: 'Rows without a name are left out. Save to get more rows.',
  expressions: 'Expressions',
  expressionsHelp:
    'A field that begins with = is an expression; {{ … }} puts one into a text. They know parameters.name, steps.name, business.name and run.started_by.',
  event: 'Start on an event',
  eventNone: 'It is started by hand, on a schedule or by a web address only.',
  eventAdd: 'Choose an event',
  eventChange: 'Change',
  eventRemove: 'Don’t start on events',
  eventRemoved: 'No event starts it. Undo brings it back.',
  eventAction: { label: 'Event', help: 'Of this business, from the time it is published.' },
  eventIf: {
    label: 'Condition',
    help: 'An expression, such as event.about == "inv_1". Empty for every such event.',
  },
  eventParameters: 'What it is started with',
  eventParametersHelp:
    'Texts or expressions. They know event.action, event.at, event.about, event.kind, event.data and business.name.',
  eventSave: 'Save event',
  parameters: 'Parameters',
  noParameters: 'None: it starts without asking for anything.',
  addParameter: 'Add parameter',
  newParameter: 'New parameter',
  editParameter: (name: string) => `Parameter ${name}`,
  saveParameter: 'Save parameter',
  removeParameter: (name: string) => `Delete parameter ${name}`,
  parameterRemoved: 'Parameter deleted. Undo brings it back.',
  parameter: {
    name: { label: 'Name in expressions', help: 'Small letters, digits and underscores.' },
    title: { label: 'Label', help: 'What people read above the field.' },
    description: { label: 'Help below the field' },
    kind: { label: 'Kind' },
    required: { label: 'Must be filled in' },
    default: { label: 'Usual value', help: 'Of a list, one item a line. Of yes or no, true or false.' },
    choices: { label: 'Options', help: 'Only of a choice. One a line.' },
    minimum: { label: 'Smallest number' },
    maximum: { label: 'Largest number' },
    minLength: { label: 'Fewest characters' },
    maxLength: { label: 'Most characters' },
    maxItems: { label: 'Most items of a list' },
  },
  kinds: {
    text: 'Text',
    email: 'Email address',
    address: 'Web address',
    date: 'Date',
    choice: 'One of several options',
    number: 'Whole number',
    yes: 'Yes or no',
    list: 'List of texts',
  } satisfies Record<ParameterKind, string>,
} as const;
