import * as z from 'zod';
import { pageInput, pageOutput } from '../../kit/paging.ts';
import { defineTool } from '../../kit/server.ts';
import { accountId, byStart, urn, value } from './restli.ts';

const answer = z.object({
  questionId: z.number(),
  answerDetails: z
    .object({ textQuestionAnswer: z.object({ answer: z.string().nullish() }).nullish() })
    .nullish(),
});
const response = z.object({
  id: z.string(),
  submittedAt: z.number(),
  formResponse: z.object({ answers: z.array(answer).nullish() }).nullish(),
  versionedLeadGenFormUrn: z.string().nullish(),
});

export const leadTools = [
  defineTool({
    name: 'linkedin_list_leads',
    title: 'List leads',
    description:
      'What people entered in lead forms of an ad account. Personal data; LinkedIn limits how long it may be kept.',
    risk: 'read',
    input: { account_id: accountId, ...pageInput(100) },
    example: { account_id: '508113942', limit: 25 },
    output: pageOutput(
      z.object({
        id: z.string(),
        submitted_at: z.string(),
        form: z.string().nullable(),
        answers: z.array(z.object({ question_id: z.string(), answer: z.string() })),
      }),
    ),
    async run({ account_id, ...asked }, api) {
      const paging = byStart('/leadFormResponses', {
        q: 'owner',
        owner: `(sponsoredAccount:${value(urn('sponsoredAccount', account_id))})`,
        leadType: '(leadType:SPONSORED)',
        limitedToTestLeads: 'false',
      });
      const page = await api.list('', response, paging, asked);
      return {
        ...page,
        items: page.items.map((one) => ({
          id: one.id,
          submitted_at: new Date(one.submittedAt).toISOString(),
          form: one.versionedLeadGenFormUrn ?? null,
          answers: (one.formResponse?.answers ?? []).flatMap(({ questionId, answerDetails }) => {
            const text = answerDetails?.textQuestionAnswer?.answer;
            return text ? [{ question_id: String(questionId), answer: text }] : [];
          }),
        })),
      };
    },
  }),
];
