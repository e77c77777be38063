import { graphAuth, graphProblemOf, graphUrl, graphWebhook } from '../../kit/graph.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { at } from '../../kit/paging.ts';
import { defineManifest } from '../../kit/server.ts';

export const manifest = defineManifest({
  name: 'meta-ads',
  title: 'Meta Ads',
  summary: 'Advertise on Facebook and Instagram, see what it costs and fetch the leads.',
  category: 'advertising',
  priority: 'core',
  version: '1.0.0',
  docsUrl: 'https://developers.facebook.com/docs/marketing-api',
  credentials: oauthFields('Filled in by connecting; a token of a system user of the business does not end.'),
  auth: graphAuth([
    'ads_read',
    'ads_management',
    'business_management',
    'leads_retrieval',
    'pages_show_list',
    'pages_read_engagement',
    'pages_manage_ads',
  ]),
  api: { baseUrl: graphUrl, problemOf: graphProblemOf, requestId: 'x-fb-trace-id' },
  webhook: graphWebhook({
    type: (payload) => at(payload, 'entry.0.changes.0.field'),
    id: (payload) => at(payload, 'entry.0.changes.0.value.leadgen_id'),
  }),
  probe: { tool: 'meta_ads_list_accounts', arguments: { limit: 1 } },
});
