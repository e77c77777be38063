import { decodeBody } from '../body.ts';
import type { Asked, Contract, Operation, Recorded } from '../contract.ts';
import { flat, type Bag, typed, unbracket, ways } from '../decode.ts';
import { faults } from '../schema.ts';
import type { Shape } from '../shapes.ts';
import type { Candidate, Parts } from './description.ts';
import { descriptionOf } from './files.ts';

/**
 * What the vendor's own description says against requests, each with its operation; null when there is no description
 * here. Requests of the token endpoint and of operations it does not know are left out.
 */
export async function againstDescription(
  contract: Contract,
  requests: readonly Recorded[],
): Promise<string[] | null> {
  const description = descriptionOf(contract);
  if (!description) return null;
  const all = await Promise.all(
    requests.map(async (request) => {
      const operation = contract.operations.find(({ id }) => id === request.operation);
      if (request.operation === 'token' || operation?.undescribed) return [];
      const found = description.find(request.method, request.path, operation?.describedAs);
      const said = await violationsOf(request, found);
      return said.map((one) => `${request.operation ?? 'unknown'}: ${one}`);
    }),
  );
  const defects = contract.vendor?.defects ?? [];
  return all.flat().filter((one) => !defects.some(({ violation }) => violation.test(one)));
}

/** Of candidates that match a path equally well, the one with least to say is meant. */
async function violationsOf(asked: Asked, candidates: Candidate[]): Promise<string[]> {
  if (candidates.length === 0) return [`route ${asked.method} ${asked.path}: is not in the description`];
  const most = Math.max(...candidates.map(({ literals }) => literals));
  const best = candidates.filter(({ literals }) => literals === most);
  const all = await Promise.all(best.map((one) => check(asked, one)));
  return all.reduce((least, one) => (one.length < least.length ? one : least));
}

async function check(asked: Asked, { params, parts }: Candidate): Promise<string[]> {
  const { path, query, bracketed, headers, bodies, bodyRequired } = parts();
  const given: Bag = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, [value]]));
  const sent: Bag = Object.fromEntries(Object.entries(asked.headers).map(([name, value]) => [name, [value]]));
  const search = bracketed ? unbracket(asked.search) : flat(asked.search);
  const { form, value, violations } = await decodeBody(asked, bodies);
  const absent = asked.raw.length === 0;
  const looked = form && form.form !== 'bytes' && !(absent && !bodyRequired);
  return [
    ...faults('path', path, typed(given, path)),
    ...faults('query', query, typed(search, query)),
    ...faults('header', headers, typed(sent, headers)),
    ...(absent && !bodyRequired ? [] : violations),
    ...(looked ? faults('body', form.shape, value) : []),
  ];
}

/**
 * Where a contract table says other things than the vendor's description: routes, parameters and fields that are not
 * there, and required ones that it leaves out or optional.
 */
export function discrepancies(contract: Contract): string[] | null {
  const description = descriptionOf(contract);
  if (!description) return null;
  const hosts = description.origins;
  // The first label may be the account's own.
  const domain = (address: string) => new URL(address).host.split('.').slice(-2).join('.');
  const strange = hosts.length > 0 && !hosts.map(domain).includes(domain(contract.baseUrl));
  const defects = contract.vendor?.defects ?? [];
  const all = contract.operations
    .filter(({ undescribed }) => !undescribed)
    .flatMap((operation) =>
      [...new Set(differences(operation, contract, description.find))].map(
        (one) => `${operation.id}: ${one}`,
      ),
    );
  return [...(strange ? [`host: ${contract.baseUrl} is not one of ${hosts.join(', ')}`] : []), ...all].filter(
    (one) => !defects.some(({ violation }) => violation.test(one)),
  );
}

type Find = (method: string, path: string, describedAs?: string) => Candidate[];

function differences(operation: Operation, contract: Contract, find: Find): string[] {
  const [method = '', address = ''] = operation.route.split(' ');
  const [path = '', selection = ''] = address.split('?');
  const candidates = find(method, path.replace(/\{[^}]+\}/g, '1'), operation.describedAs);
  if (candidates.length === 0) return [`route ${operation.route}: is not in the description`];
  const least = candidates
    .map((candidate) => {
      const parts = candidate.parts();
      const query = [
        ...Object.keys({ ...contract.query, ...operation.query }),
        ...new URLSearchParams(selection).keys(),
      ];
      return [...namesDiffer('query', query, parts.query), ...bodiesDiffer(operation, parts)];
    })
    .sort((one, other) => one.length - other.length);
  return least[0] ?? [];
}

function bodiesDiffer({ body }: Operation, { bodies }: Parts): string[] {
  return (body === undefined ? [] : [body].flat()).flatMap((ours) => {
    // A body that may only be empty is none.
    if (ours.form !== 'bytes' && namesOf(ours.shape, false).length === 0) return [];
    const theirs = bodies.find(({ types }) =>
      types.some((type) => ours.types.includes(type) || type === '*/*'),
    );
    if (!theirs) return [`body: ${ours.types.join(', ')} is not described`];
    return ours.form === 'bytes' ? [] : namesDiffer('body', namesOf(ours.shape, true), theirs.shape);
  });
}

function namesDiffer(place: string, ours: readonly string[], theirs: Shape): string[] {
  const known = new Set(namesOf(theirs, false));
  const open = ways(theirs).some(
    (one) => one['additionalProperties'] === true || isShape(one['additionalProperties']),
  );
  const bare = ours.map((name) => name.replace(/\?$/, '').replace(/\[.*$/, ''));
  const strange = known.size === 0 && open ? [] : bare.filter((name) => !known.has(name) && !open);
  const needed = (ways(theirs)[0]?.['required'] as string[] | undefined) ?? [];
  return [
    ...[...new Set(strange)].map((name) => `${place}.${name}: is not described`),
    ...needed.filter((name) => !ours.includes(name)).map((name) => `${place}.${name}: is required`),
  ];
}

const isShape = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Members of an object by any of its ways; with `?` for those it can do without, when asked. */
function namesOf(shape: Shape, marked: boolean): string[] {
  return ways(shape).flatMap((one) => {
    const required = (one['required'] as string[] | undefined) ?? [];
    const members = Object.entries((one['properties'] as Record<string, unknown> | undefined) ?? {});
    return members
      .filter(([, member]) => member !== false)
      .map(([name]) => (marked && !required.includes(name) ? `${name}?` : name));
  });
}
