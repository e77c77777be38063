import * as z from 'zod';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { address, byStart, numberOf, pageId, urn, value } from './restli.ts';

const count = z.number().nullish();

/** Escapes the characters that have a meaning in LinkedIn's text format. */
const plainText = (text: string) => text.replace(/[\\|{}@[\]()<>#*_~]/g, (sign) => `\\${sign}`);

export const pageTools = [
  defineTool({
    name: 'linkedin_list_pages',
    title: 'List company pages',
    description: 'Company pages which the person behind this connection looks after, with the role there.',
    risk: 'read',
    input: pageInput(100),
    example: { limit: 25 },
    output: pageOutput(z.object({ page_id: z.string(), role: z.string() })),
    async run(asked, api) {
      const acl = z.object({ organization: z.string(), role: z.string() });
      const paging = byStart('/organizationAcls', { q: 'roleAssignee', state: 'APPROVED' });
      const page = await api.list('', acl, paging, asked);
      return {
        ...page,
        items: page.items.map(({ organization, role }) => ({
          page_id: numberOf(organization),
          role: role.toLowerCase(),
        })),
      };
    },
  }),

  defineTool({
    name: 'linkedin_create_post',
    title: 'Post on company page',
    description: 'Publishes a text in the name of a company page, with a link when given. Everybody sees it.',
    risk: 'send',
    input: {
      page_id: pageId,
      text: z.string().min(1).max(3_000),
      link: z
        .strictObject({
          url: z.url({ protocol: /^https?$/ }).max(2_000),
          title: z.string().min(1).max(400),
          description: z.string().max(4_000).optional(),
        })
        .optional(),
    },
    example: {
      page_id: '90418833',
      text: 'Websites need care like gardens do. What we do every month, and why.',
      link: { url: 'https://lovelace-care.example/blog/garden/', title: 'Website care' },
    },
    output: z.object({ post_id: z.string() }),
    async run({ page_id, text, link }, api) {
      const { headers } = await api.send('POST', {
        path: '/posts',
        body: {
          author: urn('organization', page_id),
          commentary: plainText(text),
          visibility: 'PUBLIC',
          distribution: {
            feedDistribution: 'MAIN_FEED',
            targetEntities: [],
            thirdPartyDistributionChannels: [],
          },
          content: link && {
            article: { source: link.url, title: link.title, description: link.description },
          },
          lifecycleState: 'PUBLISHED',
          isReshareDisabledByAuthor: false,
        },
      });
      return { post_id: z.string().parse(headers['x-restli-id']) };
    },
  }),

  defineTool({
    name: 'linkedin_get_page_stats',
    title: 'How posts do',
    description: 'How often posts of a company page were seen, clicked, liked, commented and shared so far.',
    risk: 'read',
    input: { page_id: pageId },
    example: { page_id: '90418833' },
    output: z.object({
      impressions: z.number(),
      viewers: z.number(),
      clicks: z.number(),
      likes: z.number(),
      comments: z.number(),
      shares: z.number(),
    }),
    async run({ page_id }, api) {
      const totals = z.object({
        impressionCount: count,
        uniqueImpressionsCount: count,
        clickCount: count,
        likeCount: count,
        commentCount: count,
        shareCount: count,
      });
      const answer = z.object({ elements: z.array(z.object({ totalShareStatistics: totals })) });
      const { elements } = await api.get('', answer, {
        address: address('/organizationalEntityShareStatistics', {
          q: 'organizationalEntity',
          organizationalEntity: value(urn('organization', page_id)),
        }),
      });
      const found = elements[0]?.totalShareStatistics;
      return {
        impressions: found?.impressionCount ?? 0,
        viewers: found?.uniqueImpressionsCount ?? 0,
        clicks: found?.clickCount ?? 0,
        likes: found?.likeCount ?? 0,
        comments: found?.commentCount ?? 0,
        shares: found?.shareCount ?? 0,
      };
    },
  }),
];
