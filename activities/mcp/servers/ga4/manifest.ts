import { googleAuth, googleProblemOf } from '../../kit/google.ts';
import { oauthFields } from '../../kit/oauth-fields.ts';
import { defineManifest } from '../../kit/server.ts';

export const manifest = defineManifest({
  name: 'ga4',
  title: 'Google Analytics, Tag Manager and Search Console',
  summary: 'See who visits a website, what is measured there, and how Google finds it.',
  category: 'analytics',
  priority: 'core',
  version: '1.0.0',
  docsUrl: 'https://developers.google.com/analytics/devguides/reporting/data/v1',
  credentials: oauthFields(),
  // Tag Manager is only read: what is published there runs on every page of a site.
  auth: googleAuth(['analytics.readonly', 'analytics.edit', 'tagmanager.readonly', 'webmasters']),
  api: {
    baseUrl: 'https://analyticsdata.googleapis.com/v1beta',
    problemOf: (reply) => googleProblemOf(reply),
  },
  webhook: null,
  probe: { tool: 'ga4_list_properties', arguments: { limit: 1 } },
  toolsets: ['gtm', 'gsc'],
});
