import { defineManifest } from '../../kit/server.ts';
import { wordPressApi, wordPressAuth, wordPressFields } from '../../kit/wordpress.ts';

export const manifest = defineManifest({
  name: 'wordpress',
  title: 'WordPress',
  summary: 'Write pages and posts, upload pictures, and look after the settings and plugins of your website.',
  category: 'website',
  priority: 'core',
  version: '1.0.1',
  docsUrl: 'https://developer.wordpress.org/rest-api/',
  credentials: wordPressFields,
  auth: wordPressAuth,
  api: wordPressApi(''),
  webhook: null,
  probe: { tool: 'wordpress_get_site', arguments: {} },
});
