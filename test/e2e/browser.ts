import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import type { Caller } from '../support/api.ts';
import { findBrowser, missingBrowser } from '../support/find-browser.ts';
import { stoppedAtTheEnd } from '../support/workspace.ts';

/** A person with an own browser profile, and what went wrong in it so far. */
export interface Visitor {
  context: BrowserContext;
  page: Page;
  problems: string[];
}

export interface VisitorOptions extends BrowserContextOptions {
  /** Starts with the cookies of this signed-in caller. */
  as?: Pick<Caller, 'cookies'>;
}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
let launched: Promise<Browser> | undefined;

/** The one browser of this process; started by the first caller, closed with the other services of the tests. */
function browser(): Promise<Browser> {
  return (launched ??= findBrowser().then(async (executablePath) => {
    if (!executablePath) throw new Error(missingBrowser);
    // Playwright would end the whole process on a signal, before the servers are stopped.
    const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
    const started = await chromium.launch({ executablePath, args: flags, ...signals });
    stoppedAtTheEnd({ stop: () => started.close() });
    return started;
  }));
}

/**
 * What no page may do, whatever a test looks at: log an error (a breach of the content security policy is one), throw,
 * get a 5xx, or ask for a part of itself that it does not get. A refused form or page answers 4xx on purpose.
 */
function watch(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(`threw: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() !== 'error' || text.startsWith('Failed to load resource')) return;
    problems.push(`console: ${text}`);
  });
  page.on('response', (response) => {
    // A form is sent by a script, and its refusal is put into the page.
    const isForm = response.request().method() === 'POST';
    const isPart = !isForm && response.request().resourceType() !== 'document';
    const status = response.status();
    if (status < (isPart ? 400 : 500)) return;
    problems.push(`${status} ${response.request().method()} ${response.url()}`);
  });
}

/** A fresh profile at `url`; a signed-in one with the cookies of a caller. */
export async function openVisitor(url: string, options: VisitorOptions = {}): Promise<Visitor> {
  const { as, ...rest } = options;
  const context = await (await browser()).newContext({ baseURL: url, locale: 'en-GB', ...rest });
  context.setDefaultTimeout(15_000);
  if (as) await context.addCookies([...as.cookies].map(([name, value]) => ({ name, value, url })));
  const problems: string[] = [];
  context.on('page', (page) => watch(page, problems));
  return { context, page: await context.newPage(), problems };
}

/** Prints what a page shows, for a test that failed on a machine without a screen. */
async function tellWhatIsShown(page: Page): Promise<void> {
  if (page.isClosed()) return;
  const text = await page
    .locator('body')
    .innerText({ timeout: 1_000 })
    .catch(() => '(nothing)');
  process.stderr.write(`${page.url()} showed:\n${text.slice(0, 2_000)}\n`);
}

/**
 * For a `describe`: opens visitors, fails the test in which one of them met a problem, and closes them at the end.
 * Without a browser the tests are skipped, except under CI.
 */
export function useBrowser(): (url: string, options?: VisitorOptions) => Promise<Visitor> {
  const visitors: Visitor[] = [];
  before(async function () {
    if (await findBrowser()) return;
    if (process.env['CI']) throw new Error(missingBrowser);
    this.skip();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') for (const { page } of visitors) await tellWhatIsShown(page);
    const problems = visitors.flatMap((visitor) => visitor.problems.splice(0));
    if (problems.length > 0) throw new Error(problems.join('\n'));
  });
  after(() => Promise.all(visitors.map(({ context }) => context.close())));
  return async (url, options) => {
    const visitor = await openVisitor(url, options);
    visitors.push(visitor);
    return visitor;
  };
}
