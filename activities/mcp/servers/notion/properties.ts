import * as z from 'zod';

const words = z.string().max(2_000);
const name = z.string().min(1).max(100);

/** A value for a database column, as tools take it. */
export const columnValue = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('rich_text'), value: words }),
  z.strictObject({ type: z.literal('number'), value: z.number().nullable() }),
  z.strictObject({ type: z.literal('checkbox'), value: z.boolean() }),
  z.strictObject({ type: z.literal('select'), value: name.nullable() }),
  z.strictObject({ type: z.literal('status'), value: name }),
  z.strictObject({ type: z.literal('multi_select'), value: z.array(name).max(100) }),
  z.strictObject({
    type: z.literal('date'),
    value: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).nullable(),
  }),
  z.strictObject({ type: z.literal('url'), value: z.url().max(2_000).nullable() }),
  z.strictObject({ type: z.literal('email'), value: z.email().max(200).nullable() }),
  z.strictObject({ type: z.literal('phone_number'), value: z.string().min(1).max(200).nullable() }),
]);
export const columnValues = z
  .record(z.string().min(1).max(200), columnValue)
  .describe('By name of the column; types are in notion_describe_data_source');

export const richText = (content: string) => [{ text: { content } }];

function toNotion({ type, value }: z.output<typeof columnValue>): unknown {
  if (type === 'rich_text') return { rich_text: richText(value) };
  if (type === 'select' || type === 'status') return { [type]: value === null ? null : { name: value } };
  if (type === 'multi_select') return { multi_select: value.map((one) => ({ name: one })) };
  if (type === 'date') return { date: value === null ? null : { start: value } };
  return { [type]: value };
}

/** Properties of a page: its title and the columns given. `title` is the id of the title column in every database. */
export function propertiesOf(
  title: string | undefined,
  columns: z.output<typeof columnValues> = {},
): Record<string, unknown> {
  return {
    ...(title !== undefined && { title: { title: richText(title) } }),
    ...Object.fromEntries(Object.entries(columns).map(([column, value]) => [column, toNotion(value)])),
  };
}

const plain = z.array(z.object({ plain_text: z.string() }));
const named = z.object({ name: z.string() });
const property = z.looseObject({ type: z.string() });

/** Text of rich text, null when it is empty. */
export function plainText(value: z.output<typeof plain> | null | undefined): string | null {
  return value?.map(({ plain_text }) => plain_text).join('') || null;
}

/** A cell as plain value; null for types without one. */
export const cell = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

function plainValue(from: z.output<typeof property>): z.output<typeof cell> {
  const value = from[from.type];
  const text = plain.safeParse(value);
  if (text.success && (from.type === 'title' || from.type === 'rich_text')) return plainText(text.data);
  const one = named.safeParse(value);
  if (one.success) return one.data.name;
  const many = named.array().safeParse(value);
  if (many.success) return many.data.map((each) => each.name);
  const date = z.object({ start: z.string() }).safeParse(value);
  if (date.success) return date.data.start;
  const simple = cell.safeParse(value);
  return simple.success ? simple.data : null;
}

/** A page or database as Notion returns it. */
export const notionThing = z.object({
  object: z.string(),
  id: z.string(),
  url: z.string().nullish(),
  title: plain.nullish(),
  last_edited_time: z.string().nullish(),
  properties: z.record(z.string(), property).nullish(),
});
type NotionThing = z.output<typeof notionThing>;

export const thing = z.object({
  kind: z.string(),
  id: z.string(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  edited_at: z.string().nullable(),
});

export const toThing = (from: NotionThing) => ({
  kind: from.object,
  id: from.id,
  title: titleOf(from),
  url: from.url ?? null,
  edited_at: from.last_edited_time ?? null,
});

/** Databases have a top-level title; pages have it among their properties. */
function titleOf(from: NotionThing): string | null {
  if (from.title) return plainText(from.title);
  const title = Object.values(from.properties ?? {}).find(({ type }) => type === 'title');
  return title ? plainText(plain.parse(title['title'])) : null;
}

export const cellsOf = (from: NotionThing) =>
  Object.fromEntries(
    Object.entries(from.properties ?? {}).map(([column, value]) => [column, plainValue(value)]),
  );
