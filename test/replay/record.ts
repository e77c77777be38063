import { mkdir } from 'node:fs/promises';
import { createProcesses, type Processes } from '../../api/kit/processes/client.ts';
import { newId } from '../../db/domain/ids.ts';
import { AppError } from '../../db/domain/errors.ts';
import { workflowId } from '../../workflows/define.ts';
import { onboardTenantContract } from '../../workflows/onboarding/onboard-tenant.contract.ts';
import { confirmEmailContract } from '../../workflows/identity/confirm-email.contract.ts';
import { sendInviteContract } from '../../workflows/people/send-invite.contract.ts';
import { stopTestServices } from '../support/workspace.ts';
import { plannedSignUp, planChoice, profileChoice, quickChoices, signUp } from '../support/sign-up.ts';
import { timeSkippingEnvironment } from '../support/time-skipping.ts';
import { clientFor, eventually, openWorld, runWorker, type World } from '../support/world.ts';
import { corpusFolder, corpusKey } from './corpus.ts';
import { scenes } from './scenes.ts';
import { stageOf } from './stage.ts';

/**
 * Writes the stored histories anew: `node --import=tsx test/replay/record.ts`, or only the scenes named as arguments. Only to be done when the workflows have
 * changed and no run of the old ones is left anywhere; otherwise the change needs `patched`.
 */
const environment = await timeSkippingEnvironment();
const namespace = environment.namespace ?? 'default';
const world = await openWorld(undefined, corpusKey);
const worker = await runWorker(world, {
  address: '',
  namespace,
  nativeConnection: environment.nativeConnection,
});
const client = clientFor(world, environment.connection as never, namespace);
const processes = createProcesses(client);
const by = { type: 'user' as const, id: 'usr_support' };
const reason = 'Asked for on the phone';

const stage = stageOf(environment, world, client);
const { over, save } = stage;

async function onboardings(): Promise<void> {
  const live = await signUp(world, processes);
  await live.submit(profileChoice);
  await live.submit(await planChoice(live, { number: '4000000000000002' })).catch(() => undefined);
  await live.submit(await planChoice(live));
  await processes.adminAction({ workflowId: live.id, runId: '' }, 'skipStep', { step: 'tools', reason, by });
  const { choice } = profileChoice as { choice: { country: string } };
  for (const one of quickChoices.slice(1, 3)) await live.submit(one);
  await live.submit({ step: 'profile', choice: { ...choice, country: 'FR' } } as never);
  await live.submit({ step: 'agents', choice: { agents: ['analyst'] } });
  await live.submit({ step: 'review', choice: { acceptTerms: true } });
  await over(live.id);
  await save('onboard-tenant-live', live.id);

  const cancelled = await signUp(world, processes);
  await cancelled.submit(profileChoice);
  await cancelled.submit(await planChoice(cancelled));
  await processes.cancel({ workflowId: cancelled.id, runId: '' });
  await over(cancelled.id);
  await save('onboard-tenant-cancelled', cancelled.id);

  const reminded = await signUp(world, processes);
  await processes.update(onboardTenantContract, reminded.id, 'remindNow', { reason, by });
  await processes.cancel({ workflowId: reminded.id, runId: '' });
  await over(reminded.id);
  await save('onboard-tenant-reminded', reminded.id);

  const abandoned = await signUp(world, processes);
  await abandoned.submit(profileChoice);
  await environment.sleep('20 days');
  await over(abandoned.id);
  await save('onboard-tenant-abandoned', abandoned.id);
}

/** The stored `onboard-tenant-refused` is the same from before anyone was told of it; it can't be recorded again. */
async function knownAddress(): Promise<void> {
  const { email } = await signUp(world, processes);
  const again = await plannedSignUp({ email });
  await processes.startWithUpdate(onboardTenantContract, again, by, 'accountReady', null).then(
    () => Promise.reject(new Error('the known address was not refused')),
    () => undefined,
  );
  const id = workflowId(again.tenantId, onboardTenantContract.name, 'sign-up');
  await over(id);
  await save('onboard-tenant-known-address', id);
}

async function parked(): Promise<void> {
  const { charge } = world.deps.payments;
  let down = true;
  world.deps.payments.charge = (request) =>
    down ? Promise.reject(new AppError('payment.gateway-unavailable')) : charge(request);
  const business = await signUp(world, processes);
  await business.submit(profileChoice);
  const stateOf = async () => (await business.progress()).steps.find(({ key }) => key === 'plan')?.state;
  const submitted = business.submit(await planChoice(business)).catch(() => undefined);
  await eventually(stateOf, (state) => state === 'running');
  await environment.sleep('7 hours');
  await eventually(stateOf, (state) => state === 'needsAttention');
  await submitted;
  down = false;
  await processes.adminAction({ workflowId: business.id, runId: '' }, 'retryStep', {
    step: 'plan',
    reason,
    by,
  });
  await eventually(stateOf, (state) => state === 'done');
  await save('onboard-tenant-parked', business.id);
}

async function invitations(): Promise<void> {
  const owner = await signUp(world, processes);
  const invite = async (email: string) => {
    const invitationId = newId('invitation');
    const input = {
      invitationId,
      tenantId: owner.tenantId,
      email,
      name: 'Ines',
      role: 'member' as const,
      invitedBy: owner.userId,
    };
    await processes.startWithUpdate(sendInviteContract, input, by, 'invitationReady', null);
    return workflowId(owner.tenantId, sendInviteContract.name, invitationId);
  };
  const accepted = await invite('accepted@example.com');
  const person = { userId: newId('user'), name: 'Ines', passwordHash: 'none' };
  await processes.update(sendInviteContract, accepted, 'accept', person);
  await over(accepted);
  await save('send-invite-accepted', accepted);
  const withdrawn = await invite('withdrawn@example.com');
  await processes.update(sendInviteContract, withdrawn, 'withdraw', { by: owner.userId });
  await over(withdrawn);
  await save('send-invite-withdrawn', withdrawn);
  const expired = await invite('expired@example.com');
  await environment.sleep('8 days');
  await over(expired);
  await save('send-invite-expired', expired);
}

async function confirmations(on: World, through: Processes): Promise<void> {
  const owner = await signUp(on, through);
  await through.start(confirmEmailContract, { tenantId: owner.tenantId, userId: owner.userId }, by);
  const id = workflowId(owner.tenantId, confirmEmailContract.name, owner.userId);
  await over(id);
  await save('confirm-email', id);
}

await mkdir(corpusFolder, { recursive: true });
const all: Readonly<Record<string, () => Promise<void>>> = {
  onboardings,
  knownAddress,
  invitations,
  confirmations: () => confirmations(world, processes),
  parked,
  ...Object.fromEntries(Object.entries(scenes).map(([name, scene]) => [name, () => scene(stage)])),
};
const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(all)) await all[name]?.();
await worker.stop();
await environment.teardown();
await world.close();
await stopTestServices();
process.exit(0);
