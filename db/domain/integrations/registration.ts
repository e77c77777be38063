import { z } from 'zod';
import { text } from '../common.ts';
import type { CredentialField } from './credential-field.ts';
import { exactVersion, packageName, remoteAddress } from './launch.ts';
import { kebabName, type ServerRecord } from './servers.ts';

/** More than any server needs. */
export const mostFields = 8;

/** What a tenant enters for a server, and where it goes: a variable of the process, or a header of each request. */
const neededField = z.strictObject({
  label: text(80),
  sentAs: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/, 'Use letters, digits, "_" and "-".'),
  secret: z.boolean(),
  optional: z.boolean(),
});
export type NeededField = z.infer<typeof neededField>;

export const packageSource = z.strictObject({
  kind: z.literal('npm'),
  package: packageName,
  version: exactVersion,
  /** Which of its programs, where the package has several. */
  program: text(100).optional(),
  args: z.array(z.string().max(500)).max(50),
});
export const remoteSource = z.strictObject({ kind: z.literal('remote'), url: remoteAddress });

/** The source of a third-party server. */
export const serverSource = z.discriminatedUnion('kind', [packageSource, remoteSource]);
export type ServerSource = z.infer<typeof serverSource>;

/** What an administrator enters to register a third-party server. */
export const registration = z.strictObject({
  name: kebabName,
  title: text(80),
  summary: text(300),
  category: z.string().min(1, 'Choose a category.').pipe(kebabName),
  docsUrl: z.url({ protocol: /^https?$/, error: 'Enter a web address.' }).max(2_000),
  source: serverSource,
  fields: z.array(neededField).max(mostFields),
});
export type Registration = z.infer<typeof registration>;

/** What can be edited later; the source changes in its own process. */
export const serverDescription = registration.omit({ name: true, source: true });
export type ServerDescription = z.infer<typeof serverDescription>;

/** The key of a field; for a package it is the variable itself. */
const keyOf = (kind: ServerSource['kind'], { sentAs }: NeededField) =>
  kind === 'npm' ? sentAs : sentAs.toLowerCase().replaceAll('-', '_');

export function credentialFieldsOf({
  kind,
  fields,
}: {
  kind: ServerSource['kind'];
  fields: readonly NeededField[];
}): CredentialField[] {
  return fields.map((field) => ({
    key: keyOf(kind, field),
    label: field.label,
    secret: field.secret,
    ...(field.optional && { optional: true }),
  }));
}

/** Header names and the keys of the fields that travel in them. */
export function headersOf(fields: readonly NeededField[]): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field.sentAs.toLowerCase(), keyOf('remote', field)]));
}

/** The fields of a record, as an administrator entered them. */
export function neededFieldsOf({
  credentialFields,
  launch,
}: Pick<ServerRecord, 'credentialFields' | 'launch'>): NeededField[] {
  const headers = launch && 'url' in launch ? Object.entries(launch.headers) : [];
  return credentialFields.map(({ key, label, secret, optional = false }) => ({
    ...{ label, secret, optional },
    sentAs: headers.find(([, field]) => field === key)?.[0] ?? key,
  }));
}

/** The record of a third-party server with an edited description. */
export function describeServer(record: ServerRecord, { fields, ...words }: ServerDescription): ServerRecord {
  const { launch } = record;
  if (!launch) throw new Error(`${record.name} is one of ours`);
  const kind = 'url' in launch ? 'remote' : 'npm';
  return {
    ...record,
    ...words,
    credentialFields: credentialFieldsOf({ kind, fields }),
    launch:
      'url' in launch
        ? { ...launch, headers: headersOf(fields) }
        : { ...launch, environment: fields.map(({ sentAs }) => sentAs) },
  };
}

/** Labels of the fields that connected tenants have not entered, or could leave empty until now. */
export function newlyRequired(
  before: readonly CredentialField[],
  after: readonly CredentialField[],
): string[] {
  const known = new Set(before.filter(({ optional }) => !optional).map(({ key }) => key));
  return after.filter(({ key, optional }) => !optional && !known.has(key)).map(({ label }) => label);
}

/** Two fields that would go to the same place; undefined when there are none. */
export function clashingField(
  kind: ServerSource['kind'],
  fields: readonly NeededField[],
): number | undefined {
  const keys = fields.map((field) => keyOf(kind, field));
  const at = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  return at >= 0 ? at : undefined;
}
