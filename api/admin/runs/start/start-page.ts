import { triggerCopy } from '../../../../templates/admin/runs/copy.ts';
import type { ProcessPageProps } from '../../../../templates/admin/runs/process.tsx';
import type { FormState } from '../../../../templates/ui/form-state.tsx';
import type { RequestContext } from '../../../kit/context.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { inputSchema } from './input-schema.ts';
import { namesOfPicked, pick } from '../../../both/runs/pick.ts';
import { startable } from './trigger.ts';

/** The page that starts a process, with what was typed. */
export async function processProps(
  context: RequestContext,
  name: string,
  key: string,
  form?: FormState,
): Promise<ProcessPageProps> {
  const { title, summary, input } = startable(context, name);
  const typed = form?.values?.['input'];
  const isObject = typeof typed === 'object' && typed !== null;
  const values = isObject ? (typed as Record<string, unknown>) : {};
  const { choices } = await pick(context, values);
  return {
    frame: pageContextOf(context),
    process: {
      name,
      title,
      purpose: summary,
      happens: triggerCopy.happens,
      schema: inputSchema(input),
    },
    requestKey: key,
    choices,
    chosen: await namesOfPicked(context, values),
    ...(form && { form }),
  };
}
