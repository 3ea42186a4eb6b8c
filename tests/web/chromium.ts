import { type Browser, type BrowserContext, chromium } from "playwright-core";

/** The shell without a window first: the same pages for two thirds of the processor time. */
const PLACES = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * The browser of this machine: `CHROME_PATH`, or the first of the usual places.
 *
 * @returns `undefined` where there is none
 */
export function chromiumPath(): string | undefined {
  return Deno.env.get("CHROME_PATH") || PLACES.find(exists);
}

/** Containers and root allow no sandbox; the browser opens our own pages alone. */
const ARGUMENTS = ["--no-sandbox"];

/** Starts Chromium without a window. */
export async function startChromium(): Promise<Browser> {
  return await chromium.launch({ executablePath: neededPath(), args: ARGUMENTS });
}

/** Starts Chromium with a folder for its data, where it writes the port for developer tools (`DevToolsActivePort`). */
export async function startChromiumIn(folder: string): Promise<BrowserContext> {
  const args = [...ARGUMENTS, "--remote-debugging-port=0"];
  return await chromium.launchPersistentContext(folder, { executablePath: neededPath(), args });
}

function neededPath(): string {
  const path = chromiumPath();
  if (!path) throw new Error("There is no Chromium: install it, or set CHROME_PATH");
  return path;
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
