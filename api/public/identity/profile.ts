import { z } from 'zod';
import { profile, type Profile } from '../../../db/domain/people/profile.ts';
import { mutableMails, muteOf } from '../../../db/domain/settings/mail-templates.ts';
import * as profiles from '../../../db/repos/people/profiles.ts';
import { paths } from '../../../templates/paths.ts';
import { profileCopy as copy } from '../../../templates/public/identity/copy.ts';
import { ProfilePage } from '../../../templates/public/identity/profile.tsx';
import { defineAction } from '../../kit/action.ts';
import type { RequestContext } from '../../kit/context.ts';
import { pageContextOf } from '../../kit/page-context.ts';
import { definePage, defineRoute, type FormState } from '../../kit/route.ts';
import { scopeOfPerson } from '../shared/second-factor.ts';
import { filedUnder } from './own-account.ts';

const read = (context: RequestContext) =>
  context.deps.db.inScope({ ...context.scope('platform'), readOnly: true }, (tx) =>
    profiles.get(tx, context.person().userId),
  );

/** The kinds of email a person gets, of those that can be muted. */
const wanted = (noticesOff: readonly string[]) =>
  mutableMails.filter((template) => !noticesOff.includes(muteOf(template)));

/** The profile page; `refused` is one of its forms that could not be taken. */
export async function showProfile(
  context: RequestContext,
  refused?: { part: 'profile' | 'notices' | 'picture'; form: FormState },
) {
  const found = await read(context);
  const { userId, email, tenant } = context.person();
  return ProfilePage({
    frame: pageContextOf(context),
    email,
    profile: found,
    mails: tenant && wanted(found.noticesOff),
    picture: found.picture && paths.picture(userId, found.picture),
    ...(refused && { refused }),
  });
}

async function change(context: RequestContext, given: Profile): Promise<void> {
  const { userId } = context.person();
  await context.deps.db.inScope(scopeOfPerson(context, userId), (tx) =>
    profiles.update(tx, userId, given, filedUnder(context)),
  );
}

/** What isn't wanted is stored, so that a kind of email that comes later is sent until a person says otherwise. */
async function choose(context: RequestContext, mails: readonly string[]): Promise<void> {
  const { userId } = context.person();
  const noticesOff = mutableMails.filter((template) => !mails.includes(template)).map(muteOf);
  const place = filedUnder(context);
  await context.deps.db.inScope(scopeOfPerson(context, userId), async (tx) => {
    const { picture: _picture, noticesOff: _off, ...rest } = await profiles.get(tx, userId);
    await profiles.update(tx, userId, { ...rest, noticesOff }, place);
  });
}

const shape = z.object({
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  jobTitle: z.string().nullable(),
  timezone: z.string(),
  language: z.string(),
  picture: z.string().nullable(),
  notices: z.object({ mail: z.array(z.string()) }),
});

async function answer(context: RequestContext): Promise<z.infer<typeof shape>> {
  const { userId, email } = context.person();
  const { noticesOff, picture, ...rest } = await read(context);
  return {
    ...rest,
    email,
    picture: picture && paths.picture(userId, picture),
    notices: { mail: wanted(noticesOff) },
  };
}

export const profileRoutes = [
  definePage({ path: paths.profile, access: 'account.edit', show: (context) => showProfile(context) }),
  defineRoute({
    method: 'GET',
    path: '/api/session/profile',
    access: 'account.edit',
    summary: 'Your profile, and which emails you get',
    response: shape,
    handle: answer,
  }),
  ...defineAction({
    paths: { api: '/api/session/profile', form: paths.profile },
    method: 'PUT',
    access: 'account.edit',
    summary: 'Change your profile',
    body: profile,
    response: shape,
    run: (context, { body }) => change(context, body),
    answer,
    done: () => copy.done,
    then: () => paths.profile,
    rerender: (context, { form }) => showProfile(context, { part: 'profile', form }),
  }),
  ...defineAction({
    paths: { api: '/api/session/notices', form: paths.notices },
    method: 'PUT',
    access: 'account.edit',
    summary: 'Choose which emails you get; those about your account and its security always come',
    body: z.strictObject({ mail: z.array(z.enum(mutableMails)) }),
    response: shape,
    run: (context, { body }) => choose(context, body.mail),
    answer,
    done: () => copy.noticesDone,
    then: () => paths.profile,
    rerender: (context, { form }) => showProfile(context, { part: 'notices', form }),
  }),
];
