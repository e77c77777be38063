import type { Contract } from '../upstream/contract.ts';

/** The contract table of a server, by the server's name. */
export async function contractOf(name: string): Promise<Contract> {
  const { contract } = (await import(`./${name}.ts`)) as { contract: Contract };
  return contract;
}
