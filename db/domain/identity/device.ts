/** Browsers that name others too come before those; each with the token that only it, or its kin, sends. */
const browsers: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera|OPiOS)\b/, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bYaBrowser\//, 'Yandex Browser'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\bHeadlessChrome\//, 'Headless Chrome'],
  [/\b(?:CriOS|Chrome|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/\b(?:MSIE |Trident\/)/, 'Internet Explorer'],
];

/** Programs that are no browsers, by the start of what they send. */
const programs: readonly [RegExp, string][] = [
  [/^curl\//i, 'curl'],
  [/^wget\//i, 'Wget'],
  [/^python-requests\//i, 'Python'],
  [/^python-urllib/i, 'Python'],
  [/^Go-http-client\//i, 'Go'],
  [/^(?:node|undici)\b/i, 'Node.js'],
  [/^axios\//i, 'Node.js'],
  [/^okhttp\//i, 'OkHttp'],
  [/^PostmanRuntime\//i, 'Postman'],
  [/^Insomnia\//i, 'Insomnia'],
];

const systems: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

const found = (list: readonly [RegExp, string][], userAgent: string) =>
  list.find(([pattern]) => pattern.test(userAgent))?.[1];

/**
 * A device in words, from what it sends of itself: "Chrome on macOS", "Safari on iPhone", "curl". It is what the device
 * claims and proves nothing. An iPad may call itself a Mac.
 */
export function deviceName(userAgent: string | null): string {
  const text = userAgent?.trim() ?? '';
  const program = found(programs, text);
  if (program) return program;
  const browser = found(browsers, text);
  const system = found(systems, text);
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? 'Unknown device';
}
