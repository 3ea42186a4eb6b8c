import { newId } from "@evently/shared/ids";
import { webSuite } from "./suite.ts";

const suite = webSuite({ ADMIN_REGISTRATION: "closed" });

suite.test("where registration is closed, the page of new organisers says whom to ask", async (t) => {
  t.expectConsole(/status of 403/);
  const page = await t.page();
  await page.goto("/console/register");
  await page.getByLabel("Name").fill("Ravi");
  await page.getByLabel("E-mail").fill(`${newId()}@example.com`);
  await page.getByLabel("Password", { exact: true }).fill("a long password");
  await page.getByRole("button", { name: "Make the account" }).click();
  await page.getByRole("heading", { name: "New organisers are let in by the platform's team" })
    .waitFor();
  await page.getByText("Ask a super admin").waitFor();
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.waitForURL("**/console/login");
});
