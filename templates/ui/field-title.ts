/** The title of a value that has only a name: "legalName" and "card.legal_name" read "Legal name". */
export function fieldTitle(path: string): string {
  const words = (path.split('.').at(-1) ?? path)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
