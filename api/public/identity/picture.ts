import { z } from 'zod';
import { AppError } from '../../../db/domain/errors.ts';
import { crop, pictureBytes, type Crop } from '../../../db/domain/identity/picture.ts';
import { idPattern } from '../../../db/domain/ids.ts';
import * as profiles from '../../../db/repos/people/profiles.ts';
import * as users from '../../../db/repos/people/users.ts';
import { paths } from '../../../templates/paths.ts';
import { profileCopy as copy } from '../../../templates/public/identity/copy.ts';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { defineForm, defineRaw } from '../../kit/route.ts';
import { scopeOfPerson } from '../shared/second-factor.ts';
import { filedUnder } from './own-account.ts';
import { showProfile } from './profile.ts';

/** Without scripts the place of the crop isn't chosen, and its fields come empty. */
const upload = z.strictObject({
  picture: z.instanceof(Buffer, { error: copy.choosePicture }),
  size: z.string().max(20).optional(),
  x: z.string().max(20).optional(),
  y: z.string().max(20).optional(),
});

/** Throws `picture.unreadable`, `picture.too-large`. */
async function save(context: RequestContext, picture: Buffer, cut: Crop | null): Promise<void> {
  if (picture.length === 0)
    throw new AppError('request.invalid', { fields: { picture: copy.choosePicture } });
  if (picture.length > pictureBytes) throw new AppError('picture.too-large');
  const { userId } = context.person();
  const content = await context.deps.squarePicture(picture, cut);
  await context.deps.db.inScope(scopeOfPerson(context, userId), (tx) =>
    profiles.setPicture(tx, userId, content, filedUnder(context)),
  );
}

async function remove(context: RequestContext): Promise<void> {
  const { userId } = context.person();
  await context.deps.db.inScope(scopeOfPerson(context, userId), (tx) =>
    profiles.removePicture(tx, userId, filedUnder(context)),
  );
}

/** The picture of a person whom the viewer can see; the hash only makes its address new when it changes. */
async function findVisible(context: RequestContext, userId: string): Promise<Buffer | null> {
  const viewer = context.person();
  const { db } = context.deps;
  const seen = viewer.tenant ? context.tenant() : context.overview();
  const isVisible = userId === viewer.userId || (await db.inScope(seen, (tx) => users.find(tx, userId)));
  if (!isVisible) return null;
  return db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
    profiles.findPicture(tx, userId),
  );
}

export const pictureRoutes = [
  defineForm({
    path: paths.profilePicture,
    access: 'account.edit',
    upload: true,
    body: upload,
    async submit(context, { body: { picture, size, x, y } }) {
      await save(context, picture, size ? crop.parse({ size, x, y }) : null);
      return { to: paths.profile, flash: { kind: 'done', text: copy.pictureDone } };
    },
    again: async (context, { form }) =>
      showProfile(context, {
        part: 'picture',
        form: { errors: form.errors, problem: form.problem, values: {} },
      }),
  }),
  ...defineAction({
    paths: { api: '/api/session/picture/remove', form: paths.removeProfilePicture },
    access: 'account.edit',
    summary: 'Remove your picture',
    response: z.object({ removed: z.literal(true) }),
    run: (context) => remove(context),
    answer: async () => ({ removed: true as const }),
    done: () => copy.pictureRemoved,
    then: () => paths.profile,
  }),
  defineRaw({
    path: '/pictures/:userId/:name',
    access: 'signed-in',
    whileMustDo: true,
    params: z.object({
      userId: z.string().regex(idPattern('user')),
      name: z.string().regex(/^[0-9a-f]{20}\.webp$/),
    }),
    async serve(context, { params: { userId } }) {
      const content = await findVisible(context, userId);
      if (!content) throw new AppError('request.not-found');
      context.response
        .type('webp')
        .set('cache-control', 'private, max-age=86400')
        .set('x-content-type-options', 'nosniff')
        .send(content);
    },
  }),
];
