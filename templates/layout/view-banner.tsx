import type { VNode } from 'preact';
import type { PageContext } from '../page-context.ts';
import { paths } from '../paths.ts';
import { PostButton } from '../ui/form.tsx';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Moment } from '../ui/time.tsx';
import { viewBannerCopy as copy } from './copy.ts';

/**
 * On every page of a view as another person: whose view, by whom, how long still, and the way out. Scripts count down
 * from what was left when the page was made, so that the clock of the device does not matter.
 */
export function ViewBanner(props: { frame: PageContext }): VNode | null {
  const { frame } = props;
  const { nowMs } = useLocale();
  const { view, viewer } = frame;
  if (!view || !viewer) return null;
  const remainingS = Math.max(0, Math.round((Date.parse(view.expiresAt) - nowMs) / 1_000));
  return (
    <div class="bz-banner bz-banner-warning bz-banner-view" data-view-remaining={String(remainingS)}>
      <Icon name="alert-triangle" />
      <span>
        <strong>{copy.whose(viewer.name)}</strong> {copy.by(view.adminName)} {copy.mode[view.mode]}{' '}
        <span data-view-countdown>{copy.minutes(Math.ceil(remainingS / 60))}</span> ({copy.until}{' '}
        <Moment at={view.expiresAt} />)
      </span>
      <PostButton frame={frame} action={paths.endView}>
        <button type="submit" class="btn btn-sm">
          {copy.end}
        </button>
      </PostButton>
    </div>
  );
}
