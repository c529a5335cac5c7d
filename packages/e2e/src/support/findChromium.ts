import { existsSync } from 'node:fs';

const candidates = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** A Chromium of the system, `CHROMIUM_PATH` first; undefined leaves the choice to Playwright's own download. */
export function findChromium(): string | undefined {
  return process.env.CHROMIUM_PATH ?? candidates.find(existsSync);
}
