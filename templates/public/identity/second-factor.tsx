import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { SubmitButton } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { AccountFrame } from './account-frame.tsx';
import { secondFactorCopy as copy } from './copy.ts';

export interface SecondFactorPageProps {
  frame: PageContext;
  /** Whether nothing else can be done before. */
  isDemanded: boolean;
  /** The sealed setup, which the form sends back. */
  setup: string;
  /** The same in base32, for people who can't scan. */
  secret: string;
  qr: { size: number; path: string };
  next: string | undefined;
  form?: FormState;
}

/** Dark on light in both themes, with the margin that readers need: cameras read nothing else well. */
function QrCode(props: SecondFactorPageProps['qr']): VNode {
  const margin = 4;
  const side = props.size + 2 * margin;
  return (
    <svg
      class="bz-qr"
      viewBox={`${-margin} ${-margin} ${side} ${side}`}
      shape-rendering="crispEdges"
      role="img"
      aria-label={copy.qr}
    >
      <rect x={-margin} y={-margin} width={side} height={side} fill="#fff" />
      <path d={props.path} fill="#000" />
    </svg>
  );
}

/** GET and POST /account/security/second-factor: setup, code, next. */
export function SecondFactorPage(props: SecondFactorPageProps): VNode {
  const { frame, setup, secret, qr, next, form } = props;
  return (
    <AccountFrame
      frame={frame}
      title={copy.title}
      purpose={copy.purpose}
      demanded={props.isDemanded ? copy.demanded : null}
    >
      <Form
        frame={frame}
        action={paths.secondFactor}
        state={form}
        hidden={{ setup, next }}
        class="bz-panel bz-enrol"
      >
        <p>{copy.scan}</p>
        <QrCode {...qr} />
        <CodeBlock label={copy.typed} text={secret.replace(/(.{4})(?=.)/g, '$1 ')} />
        <TextInput
          name="code"
          label={copy.code}
          help={copy.codeHelp}
          inputMode="numeric"
          autocomplete="one-time-code"
          width="short"
        />
        <div class="bz-actions">
          <SubmitButton look="primary">{copy.submit}</SubmitButton>
        </div>
      </Form>
    </AccountFrame>
  );
}
