import assert from "node:assert/strict";
import { loadConfig } from "../config/mod.ts";
import { accountLimitsSection } from "./account_limits.ts";

Deno.test("account limits have defaults, can be set, and 0 is no limit", () => {
  const read = (env: Record<string, string>) =>
    loadConfig(env, { limits: accountLimitsSection }).limits;
  assert.deepEqual(read({}), { guessesPerEmail: 10, requestsPerAddress: 600, mailsPerHour: 5 });
  assert.deepEqual(read({ LOGIN_GUESSES_PER_MINUTE: "3", LOGIN_RATE_LIMIT_PER_MINUTE: "0" }), {
    guessesPerEmail: 3,
    requestsPerAddress: 0,
    mailsPerHour: 5,
  });
  assert.throws(() => read({ LOGIN_GUESSES_PER_MINUTE: "-1" }), /LOGIN_GUESSES_PER_MINUTE/);
});
