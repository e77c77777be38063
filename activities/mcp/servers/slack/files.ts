import * as z from 'zod';
import { defineTool } from '../../kit/server.ts';
import { channelId } from './channels.ts';

/** The only upload host; an upload URL elsewhere isn't used. */
const uploadHost = 'https://files.slack.com';

export const fileTools = [
  defineTool({
    name: 'slack_share_file',
    title: 'Share text file',
    description: 'Puts a text file, such as a list as CSV, into a channel with a remark.',
    risk: 'send',
    input: {
      channel_id: channelId,
      file_name: z.string().min(1).max(200),
      content: z.string().min(1).max(500_000),
      remark: z.string().min(1).max(4_000).optional(),
    },
    example: {
      channel_id: 'C07QUOTES1',
      file_name: 'open-invoices.csv',
      content: 'number,customer,open\nR-77,Lovelace,49.00\n',
      remark: 'Open invoices as of today',
    },
    output: z.object({ file_id: z.string() }),
    async run({ channel_id, file_name, content, remark }, api) {
      const bytes = Buffer.from(content);
      const place = await api.post(
        '/files.getUploadURLExternal',
        z.object({ upload_url: z.url(), file_id: z.string() }),
        { body: { filename: file_name, length: bytes.length }, repeatable: true },
      );
      const { origin, pathname, search } = new URL(place.upload_url);
      if (origin !== uploadHost) throw new RangeError('Slack named a place for files that is not its own.');
      await api.send('POST', {
        base: uploadHost,
        address: pathname + search,
        raw: { content: bytes, type: 'application/octet-stream' },
        repeatable: true,
      });
      await api.post('/files.completeUploadExternal', z.object({}), {
        body: {
          // In a form, Slack reads structures as JSON.
          files: JSON.stringify([{ id: place.file_id, title: file_name }]),
          channel_id,
          initial_comment: remark,
        },
      });
      return { file_id: place.file_id };
    },
  }),
];
