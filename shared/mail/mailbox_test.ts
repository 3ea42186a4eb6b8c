import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createTestContext, times } from "@evently/shared/testing";
import { Mailbox } from "./mailbox.ts";

const FROM = { name: "Evently", address: "tickets@evently.example" };

function mail(n: number) {
  return {
    messageId: `${n}@evently.example`,
    to: "asha@example.com",
    subject: `Mail ${n}`,
    text: "text",
    html: "<p>html</p>",
    attachments: [{ filename: "event.ics", contentType: "text/calendar", content: "BEGIN" }],
  };
}

Deno.test("the mailbox has the last 200 mails, newest first, and each once", async () => {
  await using context = await createTestContext();
  const key = `test:mailbox:${newId()}`;
  const mailbox = new Mailbox({ ...context, from: FROM, key });
  assert.deepEqual(await mailbox.list(), []);
  for (const n of times(203, (n) => n)) {
    context.clock.advance(1);
    await mailbox.send(mail(n));
  }
  context.clock.advance(1);
  await mailbox.send(mail(202));
  const kept = await mailbox.list();
  assert.deepEqual(kept.map(({ subject }) => subject), times(200, (n) => `Mail ${202 - n}`));
  assert.deepEqual(kept[0], { ...mail(202), from: FROM, sentAt: context.clock.now() });
  const stored = await context.redis.attempt("count the mails", (redis) => redis.zcard(key));
  assert.equal(stored, 200, "older mails do not stay in Redis either");
});
