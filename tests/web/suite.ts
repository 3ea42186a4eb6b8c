import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { dataOf, eventually, startTestPlatform, type TestPlatform } from "../journeys/platform.ts";
import { ensureWebBuilt } from "@evently/shared/testing";
import { chromiumPath, startChromium } from "./chromium.ts";

/** Pages have no store of their own: the run on the embedded ones says all. In CI a browser must be there. */
const IGNORED = Deno.env.get("TEST_STORES") === "real" ||
  (chromiumPath() === undefined && !Deno.env.get("CI"));

/** Longest wait for what a person would see. */
const PATIENCE_MS = 15_000;

/** One person of a test, with a new account of their own. */
export interface Person {
  email: string;
  password: string;
  name: string;
  userId: string;
  /** Access token, to look at the API beside the page. */
  token: string;
}

/** What a test of pages works with. */
export interface WebTest {
  platform: TestPlatform;
  browser: Browser;
  origin: string;
  /**
   * Opens a page in a browser context of its own, closed with the test. Messages on its console fail the test. Where
   * scripts run, each address is open once the page answers to presses: what is pressed before is lost.
   */
  page(options?: BrowserContextOptions): Promise<Page>;
  /** Takes messages on the console that match for expected, such as those of an answer that a test makes fail. */
  expectConsole(pattern: RegExp): void;
  /** Registers a new account by the API. */
  person(): Promise<Person>;
  /** Logs a person in, in the context of a page that is opened afterwards. */
  logIn(page: Page, person: Person): Promise<void>;
}

/** Tests of pages that share one Chromium and one platform, which begin with the first of them. */
export interface WebSuite {
  test(name: string, run: (t: WebTest) => Promise<void>): void;
}

/** Makes a suite for one test file. `variables` configure its platform. */
export function webSuite(variables: Record<string, string> = {}): WebSuite {
  let platform: TestPlatform | undefined;
  let browser: Browser | undefined;
  Deno.test.beforeAll(async () => {
    if (IGNORED) return;
    await ensureWebBuilt();
    platform = await startWebPlatform(variables);
    browser = await startChromium();
  });
  Deno.test.afterAll(async () => {
    await browser?.close();
    await platform?.[Symbol.asyncDispose]();
  });
  return {
    test(name, run) {
      Deno.test({
        name,
        ignore: IGNORED,
        // Chromium and the platform outlive each test.
        sanitizeOps: false,
        sanitizeResources: false,
        fn: () => runWebTest(run, platform!, browser!),
      });
    },
  };
}

/** Limits of requests are tested where they are meant; here all tests come from one address. */
const UNLIMITED = {
  GATEWAY_RATE_LIMIT_PER_MINUTE: "0",
  LOGIN_RATE_LIMIT_PER_MINUTE: "0",
  BOOKING_RATE_LIMIT_PER_MINUTE: "0",
};

/** Starts a platform for pages; they show the seeded events once the search has them. */
export async function startWebPlatform(
  variables: Record<string, string> = {},
): Promise<TestPlatform> {
  const platform = await startTestPlatform({ ...UNLIMITED, ...variables });
  await eventually(
    "the platform is ready",
    async () => (await platform.call("GET", "/health/ready")).status === 200,
  );
  return platform;
}

/** Runs a test on a platform and a browser, which go on after it. */
export async function runWebTest(
  run: (t: WebTest) => Promise<void>,
  platform: TestPlatform,
  browser: Browser,
): Promise<void> {
  const origin = `http://127.0.0.1:${platform.port}`;
  const contexts: BrowserContext[] = [];
  const expected: RegExp[] = [];
  const said: string[] = [];
  try {
    await run({
      platform,
      browser,
      origin,
      async page(options) {
        const context = await browser.newContext({ baseURL: origin, ...options });
        context.setDefaultTimeout(PATIENCE_MS);
        contexts.push(context);
        context.on(
          "console",
          (message) =>
            said.push(`${message.type()}: ${message.text()} (${message.location().url})`),
        );
        context.on("weberror", (web) => void said.push(`uncaught: ${web.error().message}`));
        const page = await context.newPage();
        if (options?.javaScriptEnabled !== false) waitForReact(page);
        return page;
      },
      expectConsole: (pattern) => void expected.push(pattern),
      person: () => registerPerson(platform),
      async logIn(page, { email, password }) {
        const answer = await page.context().request.post(`${origin}/auth/user/login`, {
          headers: { Origin: origin },
          data: { email, password },
        });
        assert.ok(answer.ok(), `${answer.status()} ${await answer.text()}`);
      },
    });
  } catch (error) {
    throw new Error(`the page said:\n${said.join("\n") || "nothing"}`, { cause: error });
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
  }
  assert.deepEqual(said.filter((line) => !expected.some((pattern) => pattern.test(line))), []);
}

/** How often a page is asked whether React has it. */
const REACT_POLL_MS = 50;

/** The server's markup looks the same before React has taken it over, which a busy machine makes longer. */
function waitForReact(page: Page): void {
  const goto = page.goto.bind(page), reload = page.reload.bind(page);
  const isTaken = () => {
    const root = document.getElementById("root");
    return !root || Object.keys(root).some((key) => /^__reactCont/.test(key));
  };
  const taken = async <Answer>(answer: Answer) => {
    await page.waitForFunction(isTaken, undefined, { polling: REACT_POLL_MS });
    return answer;
  };
  page.goto = async (...args) => await taken(await goto(...args));
  page.reload = async (...args) => await taken(await reload(...args));
}

async function registerPerson({ api }: TestPlatform): Promise<Person> {
  const account = { email: `${newId()}@example.com`, password: "a long password", name: "Asha" };
  const { user_id, access_token } = await dataOf(
    api.POST("/api/user/auth/register", { body: account }),
  );
  return { ...account, userId: user_id, token: access_token };
}
