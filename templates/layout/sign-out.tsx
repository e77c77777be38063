import type { VNode } from 'preact';
import { PostButton } from '../ui/form.tsx';
import type { PageContext } from '../page-context.ts';
import { paths } from '../paths.ts';

/** The way out, top right on bare pages of people who are signed in. */
export function SignOut({ frame }: { frame: PageContext }): VNode {
  return (
    <PostButton frame={frame} action={paths.signOut}>
      <button type="submit" class="btn btn-sm bz-quiet">
        Sign out
      </button>
    </PostButton>
  );
}
