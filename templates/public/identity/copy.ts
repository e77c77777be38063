import type { MutableMail } from '../../../db/domain/settings/mail-templates.ts';

/** What the verification page says, by outcome. */
export const verifyEmailCopy = {
  confirm: 'Confirm email address',
  ask: { title: 'Confirm your email address', text: 'One click, and we know that emails reach you here.' },
  confirmed: { title: 'Your email address is confirmed', text: 'You can continue setup.' },
  already: {
    title: 'Your email address is already confirmed',
    text: 'There’s nothing more to do.',
  },
  expired: {
    title: 'This link no longer works',
    text: 'It has expired or was already used. If your address is confirmed, there’s nothing to do.',
    action: 'Get a new link',
  },
  /** On the page to sign in, in a browser that hasn't signed up. */
  signIn: {
    confirmed: 'Thank you, your email address is confirmed. Sign in to continue.',
    already: 'Your email address is already confirmed. Sign in to continue.',
  },
  welcome: 'Your email address is confirmed. Let’s set up your business.',
} as const;

/** Every sentence of the page for one more confirmation link; the same for every address. */
export const resendConfirmationCopy = {
  link: 'Resend the confirmation email',
  title: 'Resend the confirmation email',
  purpose: 'You can sign in once you’ve confirmed your email address. We send you a new link.',
  email: 'Email',
  submit: 'Send the link',
  sent: {
    title: 'Check your email',
    text: (email: string) =>
      `If ${email} has an account that isn’t confirmed yet, a link is on its way. It works once, for 7 days. No email? Check the spelling and your spam folder.`,
  },
  back: 'Back to sign-in',
} as const;

/** Every sentence of the page that asks for the code while signing in. */
export const signInCodeCopy = {
  title: 'Enter your code',
  purpose: 'Open your authenticator app and enter the code it shows for BizOSaaS.',
  label: 'Code',
  help: 'Without your phone, enter one of your backup codes.',
  submit: 'Sign in',
  again: 'Sign in as someone else',
} as const;

/** Every sentence of the page that asks who it is before something dangerous. */
export const confirmIdentityCopy = {
  title: 'Confirm it’s you',
  byPassword: 'What comes next needs your password once more. That lasts for five minutes.',
  byCode: 'What comes next needs a code of your authenticator app. That lasts for five minutes.',
  submit: 'Confirm',
  done: 'Confirmed. You can now do what you wanted to do.',
} as const;

/** Every sentence of the pages that add a second factor, and what is shown afterwards. */
export const secondFactorCopy = {
  title: 'Add a second factor',
  purpose: 'Signing in then takes your password and a code from an app on your phone.',
  demanded: 'A second factor is required here. Add one to continue.',
  scan: 'Scan this code with an authenticator app, such as Aegis, Google Authenticator or 1Password.',
  qr: 'QR code for an authenticator app',
  typed: 'Or enter this key in the app',
  code: 'Code from the app',
  codeHelp: 'Six digits. They change every 30 seconds.',
  submit: 'Add second factor',
  exists: 'You already have a second factor.',
  removed: 'Second factor removed. Signing in takes only your password now.',
} as const;

/** Every sentence of the page that shows backup codes. */
export const backupCodesCopy = {
  title: 'Your backup codes',
  purpose: 'Each one signs you in once, without your authenticator app.',
  once: 'Keep them now: they’re shown only once. Store them where you store passwords.',
  list: 'Backup codes',
  download: 'Download as text',
  file: 'bizosaas-backup-codes.txt',
  continue: 'I’ve stored them',
} as const;

const devices = (count: number) => `${count} other ${count === 1 ? 'session' : 'sessions'}`;

/** Every sentence of the page that changes the password. */
export const changePasswordCopy = {
  title: 'Change your password',
  purpose: 'You get an email when it has changed.',
  demanded: 'Choose a new password to continue.',
  current: 'Current password',
  password: 'New password',
  others: 'Sign out my other devices',
  submit: 'Change password',
  same: 'This is your current password. Choose another one.',
  wrong: 'This isn’t your current password.',
  done: (ended: number) => (ended > 0 ? `Password changed. ${devices(ended)} ended.` : 'Password changed.'),
} as const;

/** Every sentence of the pages for a forgotten password. */
export const forgottenPasswordCopy = {
  link: 'Forgot your password?',
  title: 'Forgot your password?',
  purpose: 'Enter the address of your account. We send you a link to choose a new password.',
  submit: 'Send the link',
  sent: {
    title: 'Check your inbox',
    text: (email: string) =>
      `If ${email} has an account, a link is on its way. It works once, for one hour. No email? Check the spelling and your spam folder.`,
  },
  back: 'Back to sign-in',
  choose: {
    title: 'Choose a new password',
    purpose: 'You’re then signed out everywhere and sign in with it.',
    label: 'New password',
    submit: 'Set new password',
  },
  expired: {
    title: 'This link no longer works',
    text: 'It has expired or was already used.',
    action: 'Request a new link',
  },
  done: 'Your password has changed. Sign in with it.',
} as const;

/** Every sentence of the Security Center. */
export const securityCenterCopy = {
  title: 'Password and devices',
  purpose: 'How you sign in, where you’re signed in, and what happened lately.',
  password: { title: 'Password', text: 'We email you whenever it changes.', change: 'Change password' },
  factor: {
    title: 'Second factor',
    on: 'On',
    off: 'Off',
    offText: 'Only your password protects your account. Add a code from an app on your phone.',
    onText: 'Signing in takes your password and a code from your authenticator app.',
    add: 'Add second factor',
    codes: (left: number) =>
      left === 1 ? 'One backup code is left.' : `${left === 0 ? 'No' : left} backup codes are left.`,
    replace: 'Replace backup codes',
    replaceText: 'Your old backup codes stop working immediately. The new ones are shown once.',
    remove: 'Turn off',
    removeTitle: 'Turn off your second factor?',
    removeText: 'Signing in then takes only your password. Your backup codes stop working.',
  },
  apiKeys: {
    title: 'API keys',
    text: 'Programs use the API with a key that you create, and do only what you allow it.',
    open: 'Manage API keys',
  },
  sessions: {
    title: 'Devices',
    note: 'Where you’re signed in, and what ended lately.',
    endOthers: 'Sign out other devices',
    current: 'This device',
    open: 'Signed in',
    view: 'An administrator viewing as you',
    end: 'Sign out',
    endLabel: (device: string) => `Sign out ${device}`,
    by: (name: string) => `by ${name}`,
  },
  events: {
    title: 'Recent security events',
    none: { title: 'Nothing happened lately', text: 'Sign-ins and changes are listed here.' },
    help: 'Something you don’t recognise? Change your password and sign out other devices.',
  },
  expired: 'Expired',
  administrator: 'an administrator',
  endedOne: 'The device is signed out.',
  endedOthers: (ended: number) => (ended > 0 ? `${devices(ended)} ended.` : 'You’re signed in only here.'),
} as const;

/** Every sentence of the profile page. */
export const profileCopy = {
  title: 'Profile',
  purpose: 'What your colleagues see of you, and how we write to you.',
  details: 'Details',
  email: 'Email',
  name: 'Name',
  phone: 'Phone',
  jobTitle: 'Job title',
  timezone: 'Timezone',
  timezoneHelp: 'Dates on pages and in emails are written in it.',
  language: 'Language',
  submit: 'Save',
  done: 'Profile saved.',
  picture: {
    title: 'Picture',
    label: 'Choose a picture',
    help: 'JPEG, PNG or WebP, at most 5 MB. We cut it to a square and remove where and how it was taken.',
    crop: 'Choose what to keep',
    preview: 'Preview of your picture',
    size: 'Size',
    x: 'Left to right',
    y: 'Top to bottom',
    submit: 'Save picture',
    remove: 'Remove picture',
  },
  pictureDone: 'Picture saved.',
  pictureRemoved: 'Picture removed.',
  choosePicture: 'Choose a JPEG, PNG or WebP picture.',
  notices: {
    title: 'Emails',
    label: 'Email me about',
    always:
      'Emails about your account, its security and what you asked for always come. What happens in the portal is always listed under the bell.',
    onlyAccount: 'You get emails only about your account and its security. They can’t be muted.',
    submit: 'Save emails',
  },
  noticesDone: 'Your choice is saved.',
  kinds: {
    'onboarding-reminder': 'Reminders to finish setup',
    welcome: 'The business going live',
    invoice: 'Invoices',
    'billing-reminder': 'Trials that end and plans that renew',
    'connection-lost': 'Integrations that need to be reconnected',
    'server-deprecated': 'Integrations that will end',
    'server-disabled': 'Integrations that were turned off',
    'server-retired': 'Integrations that have ended',
  } satisfies Record<MutableMail, string>,
} as const;
