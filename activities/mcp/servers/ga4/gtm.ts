import * as z from 'zod';
import { byToken, pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { path } from '../../kit/vendor-api.ts';

const base = 'https://tagmanager.googleapis.com/tagmanager/v2';

/** Tag Manager decides itself how long a page is. */
const { cursor } = pageInput(100);
const pages = (items: string) => byToken({ items, next: 'nextPageToken', param: 'pageToken' });
const wholePage = { limit: 100 };

const gtmId = z.string().regex(/^\d{1,20}$/, 'Use the number');

const parameters = z.array(z.record(z.string(), z.unknown())).nullish();
const tag = z.object({
  tagId: z.string(),
  name: z.string().nullish(),
  type: z.string(),
  paused: z.boolean().nullish(),
  firingTriggerId: z.array(z.string()).nullish(),
  blockingTriggerId: z.array(z.string()).nullish(),
  consentSettings: z.object({ consentStatus: z.string().nullish() }).nullish(),
  parameter: parameters,
});
const trigger = z.object({ triggerId: z.string(), name: z.string().nullish(), type: z.string() });
const variable = z.object({
  variableId: z.string(),
  name: z.string().nullish(),
  type: z.string(),
  parameter: parameters,
});
const version = z.object({
  containerVersionId: z.string(),
  name: z.string().nullish(),
  tag: z.array(tag).nullish(),
  trigger: z.array(trigger).nullish(),
  variable: z.array(variable).nullish(),
});

const named = { id: z.string(), name: z.string().nullable(), type: z.string() };

export const gtmTools = [
  defineTool({
    name: 'gtm_list_accounts',
    title: 'List Tag Manager accounts',
    description: 'Tag Manager accounts this connection can see.',
    risk: 'read',
    input: { cursor },
    example: {},
    output: pageOutput(z.object({ id: z.string(), name: z.string() })),
    async run(asked, api) {
      const account = z.object({ accountId: z.string(), name: z.string() });
      const page = await api.list(
        '/accounts',
        account,
        pages('account'),
        { ...wholePage, ...asked },
        { base },
      );
      return { ...page, items: page.items.map(({ accountId, name }) => ({ id: accountId, name })) };
    },
  }),

  defineTool({
    name: 'gtm_list_containers',
    title: 'List containers',
    description: 'Containers of an account with their public ids (GTM-…) and the sites they are meant for.',
    risk: 'read',
    input: { account_id: gtmId, cursor },
    example: { account_id: '6004417392' },
    output: pageOutput(
      z.object({
        id: z.string(),
        name: z.string(),
        public_id: z.string().nullable(),
        domains: z.array(z.string()),
        used_in: z.array(z.string()),
      }),
    ),
    async run({ account_id, ...asked }, api) {
      const container = z.object({
        containerId: z.string(),
        name: z.string(),
        publicId: z.string().nullish(),
        domainName: z.array(z.string()).nullish(),
        usageContext: z.array(z.string()).nullish(),
      });
      const address = path`/accounts/${account_id}/containers`;
      const page = await api.list(
        address,
        container,
        pages('container'),
        { ...wholePage, ...asked },
        { base },
      );
      return {
        ...page,
        items: page.items.map((one) => ({
          id: one.containerId,
          name: one.name,
          public_id: one.publicId ?? null,
          domains: one.domainName ?? [],
          used_in: one.usageContext ?? [],
        })),
      };
    },
  }),

  defineTool({
    name: 'gtm_get_live_version',
    title: 'What a container runs',
    description:
      'The published version of a container: its tags with triggers, consent settings and parameters, its triggers and variables. One call shows all, and calls are scarce: 25 in 100 seconds.',
    risk: 'read',
    input: { account_id: gtmId, container_id: gtmId },
    example: { account_id: '6004417392', container_id: '180933441' },
    output: z.object({
      version_id: z.string(),
      name: z.string().nullable(),
      tags: z.array(
        z.object({
          ...named,
          paused: z.boolean(),
          firing_trigger_ids: z.array(z.string()),
          blocking_trigger_ids: z.array(z.string()),
          consent: z.string().nullable(),
          parameters: z.array(z.record(z.string(), z.unknown())),
        }),
      ),
      triggers: z.array(z.object(named)),
      variables: z.array(z.object({ ...named, parameters: z.array(z.record(z.string(), z.unknown())) })),
    }),
    async run({ account_id, container_id }, api) {
      const address = path`/accounts/${account_id}/containers/${container_id}/versions:live`;
      const live = await api.get(address, version, { base });
      return {
        version_id: live.containerVersionId,
        name: live.name ?? null,
        tags: (live.tag ?? []).map((one) => ({
          id: one.tagId,
          name: one.name ?? null,
          type: one.type,
          paused: one.paused ?? false,
          firing_trigger_ids: one.firingTriggerId ?? [],
          blocking_trigger_ids: one.blockingTriggerId ?? [],
          consent: one.consentSettings?.consentStatus ?? null,
          parameters: one.parameter ?? [],
        })),
        triggers: (live.trigger ?? []).map(({ triggerId, name, type }) => ({
          id: triggerId,
          name: name ?? null,
          type,
        })),
        variables: (live.variable ?? []).map(({ variableId, name, type, parameter }) => ({
          id: variableId,
          name: name ?? null,
          type,
          parameters: parameter ?? [],
        })),
      };
    },
  }),

  defineTool({
    name: 'gtm_list_versions',
    title: 'List container versions',
    description: 'Versions of a container with how many tags, triggers and variables each has.',
    risk: 'read',
    input: { account_id: gtmId, container_id: gtmId, cursor },
    example: { account_id: '6004417392', container_id: '180933441' },
    output: pageOutput(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        deleted: z.boolean(),
        tags: z.int(),
        triggers: z.int(),
        variables: z.int(),
      }),
    ),
    async run({ account_id, container_id, ...asked }, api) {
      const count = z.coerce.number().int().nullish();
      const header = z.object({
        containerVersionId: z.string(),
        name: z.string().nullish(),
        deleted: z.boolean().nullish(),
        numTags: count,
        numTriggers: count,
        numVariables: count,
      });
      const address = path`/accounts/${account_id}/containers/${container_id}/version_headers`;
      const paging = pages('containerVersionHeader');
      const page = await api.list(address, header, paging, { ...wholePage, ...asked }, { base });
      return {
        ...page,
        items: page.items.map((one) => ({
          id: one.containerVersionId,
          name: one.name ?? null,
          deleted: one.deleted ?? false,
          tags: one.numTags ?? 0,
          triggers: one.numTriggers ?? 0,
          variables: one.numVariables ?? 0,
        })),
      };
    },
  }),
];
