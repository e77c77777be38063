import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { providerSignInCopy as copy } from './provider-copy.ts';

/** The providers one can sign in with, below the form; nothing where there is none. */
export function ProviderButtons(props: {
  providers: readonly { key: string; title: string }[];
  next: string | undefined;
}): VNode | null {
  if (props.providers.length === 0) return null;
  return (
    <>
      {props.providers.map(({ key, title }) => (
        <div class="bz-actions bz-stretch">
          <LinkButton href={paths.signInWithThen(key, props.next)}>{copy.with(title)}</LinkButton>
        </div>
      ))}
    </>
  );
}
