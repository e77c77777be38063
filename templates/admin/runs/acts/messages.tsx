import type { VNode } from 'preact';
import { Shell } from '../../../layout/shell.tsx';
import type { PageContext } from '../../../page-context.ts';
import { paths } from '../../../paths.ts';
import { SubmitButton } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Form } from '../../../ui/form.tsx';
import type { FormState } from '../../../ui/form-state.tsx';
import { ReasonInput } from '../../../ui/inputs.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { type JsonSchema, SchemaForm } from '../../../ui/schema-form.tsx';
import { messageCopy } from './copy.ts';
import { RefusedAct } from './refused.tsx';

export interface MessagesPageProps {
  frame: PageContext;
  run: { id: string; title: string };
  ended: boolean;
  messages: readonly {
    name: string;
    kind: 'update' | 'signal';
    title: string;
    happens: string;
    /** JSON Schema of its fields; null where it has none. */
    schema: JsonSchema | null;
  }[];
  /** Makes a second click harmless. */
  requestKey: string;
  /** After a refused form: what was typed for which message. */
  refused?: { message: string; requestKey: string; state: FormState };
}

/** GET /admin/workflows/:runId/messages; POST …/update and …/signal: message, `input.*`, reason, requestKey. */
export function MessagesPage(props: MessagesPageProps): VNode {
  const { frame, run, messages, refused, requestKey } = props;
  return (
    <Shell frame={frame} title={messageCopy.title}>
      <PageHeader
        crumbs={[
          { title: 'Workflows', href: paths.workflows },
          { title: run.title, href: paths.run(run.id) },
        ]}
        title={messageCopy.title}
        purpose={messageCopy.purpose}
      />
      <div class="bz-narrow">
        {refused && (props.ended || !messages.some(({ name }) => name === refused.message)) ? (
          <RefusedAct state={refused.state} />
        ) : null}
        {messages.length === 0 || props.ended ? (
          <EmptyState
            icon="message-circle"
            title={props.ended ? messageCopy.ended : messageCopy.none}
            text={props.ended ? messageCopy.endedText : messageCopy.noneText}
          />
        ) : (
          messages.map(({ name, kind, title, happens, schema }) => (
            <Card title={title}>
              <Form
                frame={frame}
                action={paths.runAction(run.id, kind)}
                state={refused?.message === name ? refused.state : undefined}
                idPrefix={name}
                label={title}
                hidden={{
                  message: name,
                  requestKey: refused?.message === name ? refused.requestKey : `${name}-${requestKey}`,
                }}
              >
                <p>{happens}</p>
                {schema ? <SchemaForm schema={schema} path="input" /> : null}
                <ReasonInput />
                <div class="bz-actions">
                  <SubmitButton look="primary" icon="send">
                    {title}
                  </SubmitButton>
                </div>
              </Form>
            </Card>
          ))
        )}
      </div>
    </Shell>
  );
}
