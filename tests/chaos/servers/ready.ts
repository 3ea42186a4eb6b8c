import { openPostgres } from "@evently/shared/postgres";
import { pause } from "./supervised.ts";

const START_LIMIT_MS = 60_000;
const POLL_MS = 50;

/** Waits until PostgreSQL accepts connections. */
export async function waitForPostgres(url: string): Promise<void> {
  const sql = openPostgres(url, { max: 1, name: "chaos" });
  try {
    await waitFor("PostgreSQL", async () => {
      await sql`SELECT 1`;
    });
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Waits until every service behind the gateway is ready. */
export async function waitForPlatform(origin: string): Promise<void> {
  await waitFor("the platform", async () => {
    const response = await fetch(`${origin}/health/ready`);
    const text = await response.text();
    if (!response.ok) throw new Error(text);
  });
}

/** Retries `attempt` until it succeeds. @throws {Error} if it does not within a minute */
export async function waitFor(what: string, attempt: () => Promise<void>): Promise<void> {
  const untilMs = performance.now() + START_LIMIT_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (cause) {
      if (performance.now() > untilMs) throw new Error(`${what} does not start`, { cause });
      await pause(POLL_MS);
    }
  }
}
