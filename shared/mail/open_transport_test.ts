import assert from "node:assert/strict";
import { createLogger } from "@evently/shared/log";
import { createTestContext } from "@evently/shared/testing";
import { openMailTransport, sendMail } from "./mod.ts";

const PUBLIC_URL = "https://evently.example";

Deno.test("without a transport no mail is sent, which is logged once, at the start", async () => {
  await using context = await createTestContext();
  const lines: string[] = [];
  const log = createLogger({ level: "debug", write: (line) => void lines.push(line) });
  const config = {
    route: { kind: "none" },
    from: context.mailFrom,
    publicUrl: PUBLIC_URL,
    deadLetterTtlMs: context.deadLetterTtlMs,
  } as const;
  const mailTransport = openMailTransport(config, { ...context, log });
  assert.match(lines.join(""), /"warn".*neither SMTP_URL nor MAIL_API_URL is set/);
  for (const id of ["1", "2"]) {
    await sendMail({ ...context, mailTransport }, {
      id,
      to: "asha@example.com",
      language: "en",
      kind: "welcome",
      props: { name: "Asha", url: PUBLIC_URL },
    });
  }
  assert.equal(lines.length, 1);
});
