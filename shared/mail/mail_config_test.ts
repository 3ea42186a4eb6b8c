import assert from "node:assert/strict";
import { ConfigError, loadConfig } from "../config/mod.ts";
import { type MailConfig, mailSection } from "./mod.ts";

const SMTP = { SMTP_URL: "smtp://mail.example:587", PUBLIC_URL: "https://evently.example" };

Deno.test("mails stay in the mailbox in development, and are not sent in production", () => {
  assert.equal(read({ ENVIRONMENT: "development" }).route.kind, "mailbox");
  assert.equal(read({ ENVIRONMENT: "production" }).route.kind, "none");
});

Deno.test("MAIL_DEAD_LETTER_DURATION is 30 days by default, and longer than attempts go on", () => {
  assert.equal(read({ ENVIRONMENT: "development" }).deadLetterTtlMs, 30 * 24 * 3_600_000);
  const keep = (MAIL_DEAD_LETTER_DURATION: string) => ({
    ENVIRONMENT: "development",
    MAIL_DEAD_LETTER_DURATION,
  });
  assert.equal(read(keep("168h")).deadLetterTtlMs, 168 * 3_600_000);
  assert.match(problemsOf(keep("25h"))[0]!, /^MAIL_DEAD_LETTER_DURATION must be between/);
});

Deno.test("MAIL_FROM is an address with or without a name", () => {
  const from = (MAIL_FROM: string) => read({ ...SMTP, MAIL_FROM }).from;
  assert.deepEqual(from("tickets@evently.example"), {
    name: "Evently",
    address: "tickets@evently.example",
  });
  assert.deepEqual(from('"Evently Tickets" <tickets@evently.example>'), {
    name: "Evently Tickets",
    address: "tickets@evently.example",
  });
});

Deno.test("MAIL_FROM refuses what is no single address", () => {
  const wrong = ["tickets", "a@b.example, c@d.example", "E <a@b.example>\r\nBcc: c@d.example"];
  for (const MAIL_FROM of wrong) {
    assert.deepEqual(problemsOf({ ...SMTP, MAIL_FROM }).map((text) => text.split(" ")[0]), [
      "MAIL_FROM",
    ]);
  }
});

Deno.test("mails that are sent need MAIL_FROM, and PUBLIC_URL in production", () => {
  const problems = problemsOf({ SMTP_URL: SMTP.SMTP_URL });
  assert.deepEqual(problems.map((text) => text.split(" ")[0]), ["MAIL_FROM", "PUBLIC_URL"]);
});

Deno.test("SMTP_URL and MAIL_API_URL exclude each other, and MAIL_API_URL needs its key", () => {
  const from = { MAIL_FROM: "tickets@evently.example", PUBLIC_URL: SMTP.PUBLIC_URL };
  const api = { ...from, MAIL_API_URL: "https://mail.example/emails" };
  assert.equal(problemsOf(api)[0], "MAIL_API_KEY is required");
  assert.match(problemsOf({ ...api, ...SMTP, MAIL_API_KEY: "k" })[0]!, /^SMTP_URL must not be set/);
  assert.equal(read({ ...api, MAIL_API_KEY: "k" }).route.kind, "api");
});

function read(env: Record<string, string>): MailConfig {
  return loadConfig<{ mail: MailConfig }>(env, { mail: mailSection }).mail;
}

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
