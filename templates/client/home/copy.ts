/** Sentences of the checklist on the client's home. */
export const checklistCopy = {
  title: 'Get started',
  progress: (done: number, all: number) => `${done} of ${all} done`,
  done: '(done)',
  toDo: '(to do)',
} as const;
