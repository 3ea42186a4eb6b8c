import { type Browser, chromium } from "playwright-core";

const PLACES = [
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

/** Starts Chromium without a window. Containers and root allow no sandbox; it opens our own pages alone. */
export async function startChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error("There is no Chromium: install it, or set CHROME_PATH");
  return await chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
