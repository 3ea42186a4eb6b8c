import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { BrowserContextOptions, Page } from "playwright-core";
import { dataOf } from "../journeys/platform.ts";
import { organiserOf } from "./organiser.ts";
import type { WebTest } from "./suite.ts";

/** Somebody who logs into the console. */
export interface ConsoleAccount {
  email: string;
  password: string;
}

/** The seeded organiser, a super admin, whose events the tests make. */
export const ORGANISER: ConsoleAccount = { email: "admin@example.com", password: "11111111" };

/** Logs an organiser in, in the context of a page that is opened afterwards. */
export async function logInOrganiser(
  { origin }: WebTest,
  page: Page,
  account: ConsoleAccount = ORGANISER,
): Promise<void> {
  const answer = await page.context().request.post(`${origin}/auth/organiser/login`, {
    headers: { Origin: origin },
    data: { email: account.email, password: account.password },
  });
  assert.ok(answer.ok(), `${answer.status()} ${await answer.text()}`);
}

/** Opens a page of an organiser who is logged in. */
export async function consolePageOf(
  t: WebTest,
  { account = ORGANISER, options }: {
    account?: ConsoleAccount;
    options?: BrowserContextOptions;
  } = {},
): Promise<Page> {
  const page = await t.page(options);
  await logInOrganiser(t, page, account);
  return page;
}

/** Makes the account of somebody who may look at everything and change nothing. */
export async function newAnalyst({ platform }: WebTest): Promise<ConsoleAccount> {
  const { headers } = await organiserOf(platform);
  const account = { email: `${newId()}@example.com`, password: "a long password" };
  await dataOf(platform.api.POST("/api/event/auth/admin/register", {
    headers,
    body: { ...account, name: "Anand", role: "analyst" },
  }));
  return account;
}

/** Makes an account of no role on the platform, a member who reads in the organisation of an event. */
export async function newMemberAnalyst(t: WebTest, eventId: string): Promise<ConsoleAccount> {
  const { headers } = await organiserOf(t.platform);
  const account = { email: `${newId()}@example.com`, password: "a long password" };
  await dataOf(t.platform.api.POST("/api/event/auth/admin/register", {
    headers,
    body: { ...account, name: "Meera", role: "event_manager" },
  }));
  await t.platform.eventsDb`
    INSERT INTO memberships (admin_id, organisation_id, role, joined_at)
    SELECT a.admin_id, coalesce(e.organisation_id, e.created_by), 'analyst', now()
      FROM admins a, events e
     WHERE a.email = ${account.email} AND e.event_id = ${eventId}`;
  return account;
}

/** An organiser of a test's own, with credentials for requests beside the page. */
export interface OrganiserAccount extends ConsoleAccount {
  headers: { Authorization: string };
}

/** Registers an organiser, who has no events and no venues yet. */
export async function newOrganiser({ platform: { api } }: WebTest): Promise<OrganiserAccount> {
  const account = { email: `${newId()}@example.com`, password: "a long password" };
  const { access_token } = await dataOf(
    api.POST("/api/event/auth/admin/register", {
      body: { ...account, name: "Ravi", role: "event_manager" },
    }),
  );
  return { ...account, headers: { Authorization: `Bearer ${access_token}` } };
}
