import type { ListedRun } from '../../../db/repos/runs/runs.ts';
import { paths, withQuery } from '../../../templates/paths.ts';
import { contracts } from '../../../workflows/contracts.ts';
import type { ProcessDeclaration } from '../../../workflows/define.ts';
import { registerServerContract } from '../../../workflows/integrations/register-server.contract.ts';
import { callToolContract } from '../../../workflows/integrations/call-tool.contract.ts';

/** Where a client finds the result of a run, by what the run is about; clients do not see runs themselves. */
const clientHrefs: Record<NonNullable<ProcessDeclaration['about']>, (subject: string) => string | null> = {
  server: (subject) => paths.integration(subject),
  invitation: () => paths.team,
  tenant: () => paths.app,
  workflowTemplate: (subject) => paths.workflowTemplateTab(subject, 'runs'),
  // Staff only.
  bulkOperation: () => null,
};

/** Where a client finds the result of a run; null where there is no such page. */
export function clientHref({ process, subject, workflowId }: ListedRun): string | null {
  if (process === callToolContract.name) {
    const call = workflowId.split(':').at(-1);
    return `${withQuery(paths.integration(subject), { call })}#result`;
  }
  const about = contracts[process]?.about;
  return about ? clientHrefs[about](subject) : null;
}

/** What was done to many at once has a page of results of its own; partners reach it, but not the run. */
export function staffHref({ process, runId, subject, state }: ListedRun): string {
  const about = contracts[process]?.about;
  if (about === 'bulkOperation') return paths.bulkOperation(subject);
  const isOpenRegistration = process === registerServerContract.name && state === 'waiting';
  return isOpenRegistration ? paths.server(subject) : paths.run(runId);
}
