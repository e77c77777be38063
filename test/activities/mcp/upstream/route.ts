/** A path template as a pattern: `{x}` one segment without a colon, `{x+}` several segments. */
export interface Template {
  pattern: RegExp;
  names: string[];
  /** How many characters are not placeholders; of two that match, the one with more is meant. */
  literals: number;
}

export function template(path: string): Template {
  const names: string[] = [];
  const pattern = path
    .split(/(\{[^}]+\})/)
    .map((part) => {
      const [, name, several] = /^\{([^}+]+)(\+?)\}$/.exec(part) ?? [];
      if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(name);
      return several ? '(.+)' : '([^/:]+)';
    })
    .join('');
  return {
    pattern: new RegExp(`^${pattern}$`),
    names,
    literals: path.replace(/\{[^}]+\}/g, '').length,
  };
}

/** The values of a template's names, decoded; null when the path is another one. */
export function match({ pattern, names }: Template, path: string): Record<string, string> | null {
  const found = pattern.exec(path);
  if (!found) return null;
  try {
    return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]));
  } catch {
    return null;
  }
}
