import type { VNode } from 'preact';
import { DialogButton, SubmitButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { ReasonInput, Textarea, TextInput } from '../../ui/inputs.tsx';
import { paths } from '../../paths.ts';
import { registerCopy } from './copy/register.ts';
import { sourceCopy } from './copy/server.ts';
import { rejectedState, type ServerPageProps } from './server-props.ts';

/** Another version of a package, or another address of a remote server. */
export function ChangeSource(props: ServerPageProps): VNode | null {
  const { frame, server, source, registration } = props;
  if (!source || registration) return null;
  const { state } = rejectedState(props, 'source');
  return (
    <>
      <DialogButton dialog="source" look="quiet">
        {'url' in source ? sourceCopy.changeUrl : sourceCopy.changeVersion}
      </DialogButton>
      <Dialog id="source" title={sourceCopy.title(server.title)} open={state !== undefined}>
        <Form
          frame={frame}
          action={paths.serverAction(server.name, 'source')}
          idPrefix="source"
          {...(state && { state })}
        >
          <p>{sourceCopy.text}</p>
          {'url' in source ? (
            <>
              <input type="hidden" name="source.kind" value="remote" />
              <TextInput name="source.url" label={registerCopy.url} type="url" initial={source.url} />
            </>
          ) : (
            <>
              <input type="hidden" name="source.kind" value="npm" />
              <input type="hidden" name="source.package" value={source.package} />
              <TextInput name="source.version" label="Version" width="short" initial={source.version} />
              <Textarea
                name="source.args"
                label="Arguments"
                optional
                rows={2}
                help={registerCopy.argumentsHelp}
                initial={source.args.join('\n')}
              />
            </>
          )}
          <ReasonInput />
          <div class="bz-actions">
            <SubmitButton look="primary">{sourceCopy.submit}</SubmitButton>
          </div>
        </Form>
      </Dialog>
    </>
  );
}
