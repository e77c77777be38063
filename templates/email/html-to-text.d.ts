/** The part of html-to-text that mails use; the package ships no types. */
declare module 'html-to-text' {
  interface HtmlToTextOptions {
    /** Column to wrap at; false for no wrapping. */
    wordwrap?: number | false;
    selectors?: { selector: string; format?: string; options?: Record<string, unknown> }[];
  }
  export function convert(html: string, options?: HtmlToTextOptions): string;
}
