/** "o…@example.com": enough to recognise an address one knows. Text that is no address may be a password: nothing of it is kept. */
export function maskedAddress(typed: string): string {
  const [, first, domain] = /^(.)[^@]*@([^@\s]+\.[^@\s]+)$/u.exec(typed) ?? [];
  return first && domain ? `${first}…@${domain}` : 'not an email address';
}
