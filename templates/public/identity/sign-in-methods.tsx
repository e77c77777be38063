import type { VNode } from 'preact';
import type { PageContext } from '../../page-context.ts';
import { paths } from '../../paths.ts';
import { LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PostButton } from '../../ui/form.tsx';
import { Time } from '../../ui/time.tsx';
import { AccountFrame } from './account-frame.tsx';
import { methodsCopy as copy } from './provider-copy.ts';

export interface SignInMethod {
  provider: string;
  title: string;
  /** Null where it is not connected. */
  connectedAt: string | null;
  lastUsedAt: string | null;
}

const columnsOf = (frame: PageContext): readonly Column<SignInMethod>[] => [
  { title: 'Provider', render: ({ title }) => <strong>{title}</strong> },
  {
    title: 'Connected',
    phone: 'label',
    render: ({ connectedAt: at }) => (at ? <Time at={at} /> : copy.notConnected),
  },
  { title: 'Last used', phone: 'label', render: ({ lastUsedAt: at }) => (at ? <Time at={at} /> : '–') },
  {
    title: 'Change',
    right: true,
    render: ({ provider, title, connectedAt }) =>
      connectedAt ? (
        <PostButton frame={frame} action={paths.removeSignIn(provider)}>
          <SubmitButton small label={`${copy.remove} ${title}`}>
            {copy.remove}
          </SubmitButton>
        </PostButton>
      ) : (
        <LinkButton small href={paths.signInWith(provider)}>
          {copy.connect(title)}
        </LinkButton>
      ),
  },
];

/** GET /account/sign-in-methods; POST …/:provider/remove. */
export function SignInMethodsPage(props: {
  frame: PageContext;
  methods: readonly SignInMethod[];
  /** Whether this person chooses the providers of the business. */
  mayAllow: boolean;
}): VNode {
  const { frame, methods, mayAllow } = props;
  return (
    <AccountFrame frame={frame} title={copy.title} purpose={copy.purpose} demanded={null}>
      <Card flush>
        {methods.length > 0 ? (
          <DataTable caption={copy.title} rows={methods} columns={columnsOf(frame)} />
        ) : (
          <EmptyState
            icon="key"
            title={copy.none.title}
            text={mayAllow ? copy.none.allowing : copy.none.text}
            action={
              mayAllow ? <LinkButton href={paths.businessSignIn}>{copy.none.allow}</LinkButton> : undefined
            }
          />
        )}
      </Card>
      {methods.length > 0 ? <p class="bz-muted">{copy.keepPassword}</p> : null}
    </AccountFrame>
  );
}
