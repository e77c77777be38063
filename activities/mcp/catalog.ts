import { defineServer, type ServerDefinition } from './kit/server.ts';
import { manifest as braveSearch } from './servers/brave-search/manifest.ts';
import { tools as braveSearchTools } from './servers/brave-search/tools.ts';
import { manifest as fluentcrm } from './servers/fluentcrm/manifest.ts';
import { tools as fluentcrmTools } from './servers/fluentcrm/tools.ts';
import { manifest as ga4 } from './servers/ga4/manifest.ts';
import { tools as ga4Tools } from './servers/ga4/tools.ts';
import { manifest as github } from './servers/github/manifest.ts';
import { tools as githubTools } from './servers/github/tools.ts';
import { manifest as googleAds } from './servers/google-ads/manifest.ts';
import { tools as googleAdsTools } from './servers/google-ads/tools.ts';
import { manifest as hubspot } from './servers/hubspot/manifest.ts';
import { tools as hubspotTools } from './servers/hubspot/tools.ts';
import { manifest as linkedin } from './servers/linkedin/manifest.ts';
import { tools as linkedinTools } from './servers/linkedin/tools.ts';
import { manifest as mailchimp } from './servers/mailchimp/manifest.ts';
import { tools as mailchimpTools } from './servers/mailchimp/tools.ts';
import { manifest as metaAds } from './servers/meta-ads/manifest.ts';
import { tools as metaAdsTools } from './servers/meta-ads/tools.ts';
import { manifest as notion } from './servers/notion/manifest.ts';
import { tools as notionTools } from './servers/notion/tools.ts';
import { manifest as paypal } from './servers/paypal/manifest.ts';
import { tools as paypalTools } from './servers/paypal/tools.ts';
import { manifest as pipedrive } from './servers/pipedrive/manifest.ts';
import { tools as pipedriveTools } from './servers/pipedrive/tools.ts';
import { manifest as posthog } from './servers/posthog/manifest.ts';
import { tools as posthogTools } from './servers/posthog/tools.ts';
import { manifest as quickbooks } from './servers/quickbooks/manifest.ts';
import { tools as quickbooksTools } from './servers/quickbooks/tools.ts';
import { manifest as razorpay } from './servers/razorpay/manifest.ts';
import { tools as razorpayTools } from './servers/razorpay/tools.ts';
import { manifest as salesforce } from './servers/salesforce/manifest.ts';
import { tools as salesforceTools } from './servers/salesforce/tools.ts';
import { manifest as sendgrid } from './servers/sendgrid/manifest.ts';
import { tools as sendgridTools } from './servers/sendgrid/tools.ts';
import { manifest as slack } from './servers/slack/manifest.ts';
import { tools as slackTools } from './servers/slack/tools.ts';
import { manifest as stripe } from './servers/stripe/manifest.ts';
import { tools as stripeTools } from './servers/stripe/tools.ts';
import { manifest as tenweb } from './servers/tenweb/manifest.ts';
import { tools as tenwebTools } from './servers/tenweb/tools.ts';
import { manifest as trello } from './servers/trello/manifest.ts';
import { tools as trelloTools } from './servers/trello/tools.ts';
import { manifest as whatsapp } from './servers/whatsapp/manifest.ts';
import { tools as whatsappTools } from './servers/whatsapp/tools.ts';
import { manifest as wix } from './servers/wix/manifest.ts';
import { tools as wixTools } from './servers/wix/tools.ts';
import { manifest as wordpress } from './servers/wordpress/manifest.ts';
import { tools as wordpressTools } from './servers/wordpress/tools.ts';
import { manifest as xero } from './servers/xero/manifest.ts';
import { tools as xeroTools } from './servers/xero/tools.ts';
import { manifest as zapier } from './servers/zapier/manifest.ts';
import { tools as zapierTools } from './servers/zapier/tools.ts';
import { manifest as zipwp } from './servers/zipwp/manifest.ts';
import { tools as zipwpTools } from './servers/zipwp/tools.ts';
import { manifest as zoom } from './servers/zoom/manifest.ts';
import { tools as zoomTools } from './servers/zoom/tools.ts';

/** The built-in servers, sorted by name. */
export const servers: readonly ServerDefinition[] = [
  defineServer(braveSearch, braveSearchTools),
  defineServer(fluentcrm, fluentcrmTools),
  defineServer(ga4, ga4Tools),
  defineServer(github, githubTools),
  defineServer(googleAds, googleAdsTools),
  defineServer(hubspot, hubspotTools),
  defineServer(linkedin, linkedinTools),
  defineServer(mailchimp, mailchimpTools),
  defineServer(metaAds, metaAdsTools),
  defineServer(notion, notionTools),
  defineServer(paypal, paypalTools),
  defineServer(pipedrive, pipedriveTools),
  defineServer(posthog, posthogTools),
  defineServer(quickbooks, quickbooksTools),
  defineServer(razorpay, razorpayTools),
  defineServer(salesforce, salesforceTools),
  defineServer(sendgrid, sendgridTools),
  defineServer(slack, slackTools),
  defineServer(stripe, stripeTools),
  defineServer(tenweb, tenwebTools),
  defineServer(trello, trelloTools),
  defineServer(whatsapp, whatsappTools),
  defineServer(wix, wixTools),
  defineServer(wordpress, wordpressTools),
  defineServer(xero, xeroTools),
  defineServer(zapier, zapierTools),
  defineServer(zipwp, zipwpTools),
  defineServer(zoom, zoomTools),
];

export function findServer(name: string): ServerDefinition | null {
  return servers.find((server) => server.name === name.replace(/-mcp$/, '')) ?? null;
}
