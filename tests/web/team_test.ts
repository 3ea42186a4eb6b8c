import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { dataOf } from "../journeys/platform.ts";
import { violationsOf } from "./axe.ts";
import { consolePageOf } from "./console_login.ts";
import { takeMails } from "./mails.ts";
import { webSuite } from "./suite.ts";
import { inviteByApi, registerLead } from "./team.ts";

const mails = takeMails();
const suite = webSuite(mails.variables);

suite.test("an owner invites a new organiser, who makes an account by the link and is in", async (t) => {
  const lead = await registerLead(t, "Jaipur Jazz");
  const page = await consolePageOf(t, { account: lead });
  await page.goto("/console/team");
  await page.getByRole("button", { name: "Invite somebody" }).click();
  const email = `${newId()}@example.com`;
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await page.getByRole("alert").getByText("Enter an e-mail address").first().waitFor();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("radio", { name: /Analyst/ }).check();
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await page.getByText(`The invitation to ${email} is on its way.`).waitFor();

  const link = await mails.link(email, "console/invitations");
  const guest = await t.page();
  await guest.goto(link);
  await guest.getByText("Jaipur Jazz invites you to organise events with Jaipur Jazz.").waitFor();
  assert.equal(new URL(guest.url()).hash, "", "the token leaves the address bar");
  assert.deepEqual(await violationsOf(guest), []);
  await guest.getByLabel("Name").fill("Asha");
  await guest.getByLabel("E-mail").fill(email);
  await guest.getByLabel("Password", { exact: true }).fill("a long password");
  await guest.getByRole("button", { name: "Make the account" }).click();
  await guest.waitForURL("**/console/team");
  await guest.getByRole("rowheader", { name: /Asha/ }).waitFor();
  assert.equal(await guest.getByRole("button", { name: "Invite somebody" }).count(), 0);

  // The link was used up.
  const again = await t.page();
  t.expectConsole(/status of 400/);
  await again.goto(link);
  await again.getByRole("heading", { name: "This invitation does not work" }).waitFor();
});

suite.test("a member with an account joins by the link; another account is told why not", async (t) => {
  const lead = await registerLead(t, "Jaipur Jazz");
  const [asha, other] = [await registerLead(t, "Asha"), await registerLead(t, "Other")];
  await inviteByApi(t, lead, { email: asha.email, role: "manager" });
  const link = await mails.link(asha.email, "console/invitations");
  const wrong = await consolePageOf(t, { account: other });
  t.expectConsole(/status of 403/);
  await wrong.goto(link);
  await wrong.getByRole("button", { name: "Join" }).click();
  await wrong.getByText("This invitation is for another address").waitFor();
  await wrong.getByRole("button", { name: "Use another account" }).click();
  await wrong.getByLabel("E-mail").fill(asha.email);
  await wrong.getByLabel("Password", { exact: true }).fill(asha.password);
  await wrong.getByRole("button", { name: "Sign in", exact: true }).click();
  await wrong.getByRole("button", { name: "Join" }).click();
  await wrong.waitForURL("**/console/team");

  // Asha has two organisations now, and switches between them.
  const choice = wrong.getByLabel("Organisation", { exact: true });
  await choice.selectOption({ label: "Jaipur Jazz" });
  await wrong.getByRole("rowheader", { name: /Jaipur Jazz/ }).waitFor();
  await choice.selectOption({ label: "Asha" });
  await wrong.getByRole("rowheader", { name: /Jaipur Jazz/ }).waitFor({ state: "detached" });
});

suite.test("an owner changes a role and removes a member, whose pages end at once", async (t) => {
  const lead = await registerLead(t, "Jaipur Jazz");
  const asha = await registerLead(t, "Asha");
  await inviteByApi(t, lead, { email: asha.email, role: "manager" });
  const link = await mails.link(asha.email, "console/invitations");
  const token = new URL(link, "http://any.test").hash.slice("#token=".length);
  await dataOf(
    t.platform.api.POST("/api/event/admin/invitations/accept", {
      headers: asha.headers,
      body: { token },
    }),
  );
  const page = await consolePageOf(t, { account: lead });
  t.expectConsole(/status of 409/);
  await page.goto("/console/team");
  await page.getByLabel("Role of Jaipur Jazz").selectOption("analyst");
  await page.getByText("A team must have an owner.").waitFor();
  await page.getByLabel("Role of Asha").selectOption("analyst");
  await page.getByText("Asha is now Analyst.").waitFor();
  await page.getByRole("button", { name: "Remove Asha" }).click();
  await page.getByRole("button", { name: "Remove from the team" }).click();
  await page.getByRole("rowheader", { name: /Asha/ }).waitFor({ state: "detached" });
  const { organisations } = await dataOf(
    t.platform.api.GET("/api/event/admin/organisations", { headers: asha.headers }),
  );
  assert.deepEqual(organisations.map(({ name }) => name), ["Asha"]);

  await page.getByRole("link", { name: "Who changed what" }).click();
  await page.getByRole("rowheader", { name: "Removed Asha" }).waitFor();
  const change = page.getByRole("rowheader", { name: /Changed the role of Asha/ });
  await change.getByText("1 field").click();
  await change.getByText("manager → analyst").waitFor();
});
