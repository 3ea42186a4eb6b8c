import { newId } from "@evently/shared/ids";
import type { Locator, Page } from "playwright-core";
import { dataOf, eventually } from "../journeys/platform.ts";
import { organiserOf } from "./organiser.ts";
import type { WebTest } from "./suite.ts";

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** An event to be found. */
export interface ListedEvent {
  type?: string;
  price?: number;
  /** Days from now until it begins. */
  inDays?: number;
}

/** Publishes events in a city of their own, and waits until they are found. @returns the city and the events' names */
export async function listEvents(
  { platform }: WebTest,
  events: readonly ListedEvent[],
): Promise<{ city: string; names: string[] }> {
  const { api } = platform;
  const organiser = await organiserOf(platform);
  const city = `Town${newId().slice(-8)}`;
  const names: string[] = [];
  for (const { type = "concert", price = 250, inDays = 30 } of events) {
    const name = `Evening ${newWord()}`;
    const startsAt = Date.now() + inDays * DAY_MS;
    await organiser.event({
      name,
      city,
      price,
      event_type: type,
      start_datetime: new Date(startsAt).toISOString(),
      end_datetime: new Date(startsAt + HOUR_MS).toISOString(),
      timezone: "UTC",
      public_counts: true,
    });
    names.push(name);
  }
  await eventually("the events are found", async () => {
    const { total } = await dataOf(
      api.GET("/api/search/search", { params: { query: { city, limit: 1 } } }),
    );
    return total === events.length;
  });
  return { city, names };
}

/** The row of an event in a list, which has its time before its name. */
export function rowOf(page: Page, name: string): Locator {
  return page.getByRole("link", { name: new RegExp(`\\d\\d:\\d\\d.*${name}`) });
}

/** A word that nothing else has. Digits would be words of their own. */
function newWord(): string {
  return newId().replaceAll("-", "").slice(-10)
    .replaceAll(/\d/g, (digit) => "ghijklmnop"[Number(digit)]!);
}
