/** Every sentence of the status page: what each part does for people, never how it is built. */
export const statusCopy = {
  title: 'Status',
  allWork: 'Everything is working',
  someFail: 'Some parts aren’t working',
  checked: 'Checked',
  reload: 'Check again',
  working: 'Working',
  notWorking: 'Not working',
  portal: { title: 'Portal and API', text: 'Answers this page.' },
  parts: {
    database: { title: 'Accounts and records', text: 'Sign-in and everything you have saved.' },
    temporal: {
      title: 'Processes',
      text: 'Setup, invitations and recurring work start and keep their place.',
    },
    worker: { title: 'Background work', text: 'Steps of processes, emails and calls to integrations.' },
  },
  safe: 'Work that was under way isn’t lost: it resumes where it stopped.',
} as const;
