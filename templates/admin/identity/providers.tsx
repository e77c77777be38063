import type { VNode } from 'preact';
import {
  type ProviderFindings,
  type ProviderKind,
  providerKinds,
} from '../../../db/domain/identity/sign-in-provider.ts';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Form } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { TextInput, Textarea } from '../../ui/inputs.tsx';
import { KeyFacts } from '../../ui/key-facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Moment } from '../../ui/time.tsx';
import { providerCopy as copy } from './provider-copy.ts';

export interface ProviderItem {
  key: string;
  title: string;
  issuer: string;
  clientId: string;
  domains: readonly string[];
  isOn: boolean;
  lastSuccessAt: string | null;
  lastFailureAt: string | null;
  /** In plain words. */
  lastFailure: string | null;
}

const columns: readonly Column<ProviderItem>[] = [
  { title: 'Provider', render: ({ title }) => <strong>{title}</strong> },
  { title: 'State', phone: 'label', whole: true, render: ({ isOn }) => (isOn ? copy.on : copy.off) },
  {
    title: copy.last.success,
    phone: 'label',
    render: ({ lastSuccessAt: at }) => (at ? <Moment at={at} /> : copy.last.never),
  },
  { title: copy.last.failure, phone: 'label', render: (row) => <Failure {...row} /> },
];

function Failure({ lastFailureAt, lastFailure }: Pick<ProviderItem, 'lastFailureAt' | 'lastFailure'>) {
  if (!lastFailureAt) return <>{copy.last.never}</>;
  return (
    <>
      <Moment at={lastFailureAt} />
      <div class="bz-muted">{lastFailure}</div>
    </>
  );
}

/** GET /admin/sign-in-providers; POST …/add: title. */
export function ProvidersPage(props: {
  frame: PageContext;
  providers: readonly ProviderItem[];
  form?: FormState;
}): VNode {
  const { frame, providers } = props;
  const missing = providerKinds.filter(
    (kind) => kind !== 'oidc' && !providers.some(({ key }) => key === kind),
  );
  return (
    <Shell frame={frame} title={copy.title} wide>
      <PageHeader title={copy.title} purpose={copy.purpose} />
      <Card flush>
        {providers.length > 0 ? (
          <DataTable
            caption={copy.title}
            rows={providers}
            columns={columns}
            rowHref={({ key }) => paths.provider(key)}
          />
        ) : (
          <EmptyState icon="key" {...copy.empty} />
        )}
      </Card>
      {missing.length > 0 ? (
        <Card title={copy.setUp} note={copy.setUpText}>
          <div class="bz-actions">
            {missing.map((kind) => (
              <LinkButton href={paths.provider(kind)}>{copy.kinds[kind]}</LinkButton>
            ))}
          </div>
        </Card>
      ) : null}
      <Card title={copy.add.title} note={copy.add.text}>
        <Form frame={frame} action={`${paths.providers}/add`} state={props.form}>
          <TextInput name="title" label={copy.add.label} help={copy.add.help} width="medium" />
          <SubmitButton icon="plus">{copy.add.submit}</SubmitButton>
        </Form>
      </Card>
    </Shell>
  );
}

export interface ProviderPageProps {
  frame: PageContext;
  /** In addresses. */
  id: string;
  kind: ProviderKind;
  /** Null until it is set up. */
  provider: ProviderItem | null;
  preset: { title: string; issuer: string };
  redirectUri: string;
  form?: FormState;
  /** What a test found just now. */
  test?: ProviderFindings | { problem: string };
}

function TestResult({ test }: { test: NonNullable<ProviderPageProps['test']> }): VNode {
  if ('problem' in test) {
    return (
      <Notice tone="failed" icon="alert-triangle">
        {test.problem}
      </Notice>
    );
  }
  return (
    <>
      <Notice tone="done" icon="circle-check">
        {copy.test.works} {test.secret === 'accepted' ? copy.test.secretAccepted : copy.test.secretUnknown}
      </Notice>
      <KeyFacts
        rows
        facts={[
          { label: copy.test.issuer, value: <code>{test.issuer}</code> },
          { label: copy.test.authorization, value: <code>{test.authorizationEndpoint}</code> },
          { label: copy.test.token, value: <code>{test.tokenEndpoint}</code> },
          { label: copy.test.keys, value: test.keys ?? copy.test.noKeys },
        ]}
      />
    </>
  );
}

function Registration({ frame, id, kind, provider, preset, form }: ProviderPageProps): VNode {
  const text = copy.form;
  return (
    <Card title={text.title}>
      <Form frame={frame} action={paths.provider(id)} state={form}>
        <TextInput name="title" label={text.name} initial={provider?.title ?? preset.title} width="medium" />
        <TextInput
          name="issuer"
          label={text.issuer}
          type="url"
          initial={provider?.issuer ?? preset.issuer}
          help={text.issuerHelp[kind]}
        />
        <TextInput name="clientId" label={text.clientId} initial={provider?.clientId} autocomplete="off" />
        <TextInput
          name="clientSecret"
          label={text.secret}
          type="password"
          autocomplete="off"
          help={provider ? text.secretKept : text.secretHelp}
        />
        <Textarea
          name="domains"
          label={text.domains}
          optional
          rows={2}
          initial={provider?.domains.join(', ')}
          help={text.domainsHelp}
        />
        <SubmitButton look="primary">{text.submit}</SubmitButton>
      </Form>
    </Card>
  );
}

function Working({ frame, id, test, ...props }: ProviderPageProps & { provider: ProviderItem }): VNode {
  const { provider } = props;
  return (
    <>
      <Card title={copy.test.title} note={copy.test.text} id="test">
        {test ? <TestResult test={test} /> : null}
        <Form frame={frame} action={paths.providerAction(id, 'test')} idPrefix="test">
          <div class="bz-actions">
            <SubmitButton pending={copy.test.pending}>{copy.test.submit}</SubmitButton>
          </div>
        </Form>
      </Card>
      <Card
        title={provider.isOn ? copy.turn.titleOff : copy.turn.titleOn}
        note={provider.isOn ? copy.turn.offText : copy.turn.onText}
      >
        <KeyFacts
          facts={[
            {
              label: copy.last.success,
              value: provider.lastSuccessAt ? <Moment at={provider.lastSuccessAt} /> : copy.last.never,
            },
            { label: copy.last.failure, value: <Failure {...provider} /> },
          ]}
        />
        <Form
          frame={frame}
          action={paths.providerAction(id, 'turn')}
          hidden={{ to: provider.isOn ? 'off' : 'on' }}
          idPrefix="turn"
        >
          <div class="bz-actions">
            <SubmitButton>{provider.isOn ? copy.turn.off : copy.turn.on}</SubmitButton>
          </div>
        </Form>
      </Card>
    </>
  );
}

/** GET /admin/sign-in-providers/:provider; POST the same: title, issuer, clientId, clientSecret?, domains?; …/test; …/turn: to. */
export function ProviderPage(props: ProviderPageProps): VNode {
  const { frame, kind, provider, preset } = props;
  const title = copy.page(provider?.title || preset.title || copy.unnamed);
  return (
    <Shell frame={frame} title={title}>
      <PageHeader crumbs={[{ title: copy.title, href: paths.providers }]} title={title} />
      <Card title={copy.redirect.title} note={copy.redirect.where[kind]}>
        <CodeBlock label={copy.redirect.text} text={props.redirectUri} />
      </Card>
      <Registration {...props} />
      {provider ? <Working {...props} provider={provider} /> : null}
    </Shell>
  );
}
