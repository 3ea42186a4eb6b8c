import assert from "node:assert/strict";
import { Unavailable } from "../errors/mod.ts";
import { checkPassword } from "./check_password.ts";
import type { PasswordHasher, PasswordMatch } from "./passwords.ts";

Deno.test("checkPassword() replaces an outdated hash, and no other", async () => {
  for (const [match, expected] of [["current", []], ["outdated", ["new"]], ["none", []]] as const) {
    const replaced: string[] = [];
    const right = await checkPassword(answering(match), "11111111", {
      hash: "old",
      replace: (newHash) => Promise.resolve(replaced.push(newHash)),
    });
    assert.equal(right, match !== "none");
    assert.deepEqual(replaced, expected);
  }
});

Deno.test("checkPassword() accepts a right password although the lane is full for a new hash", async () => {
  const passwords = {
    ...answering("outdated"),
    hash: () => Promise.reject(new Unavailable("the queue is full")),
  };
  const replace = () => Promise.reject(new Error("nothing to store"));
  assert.equal(await checkPassword(passwords, "11111111", { hash: "old", replace }), true);
});

Deno.test("checkPassword() verifies where there is no account, too", async () => {
  let verified = 0;
  const passwords = {
    ...answering("none"),
    verify() {
      verified++;
      return Promise.resolve<PasswordMatch>("none");
    },
  };
  assert.equal(await checkPassword(passwords, "11111111", undefined), false);
  assert.equal(verified, 1);
});

function answering(match: PasswordMatch): Pick<PasswordHasher, "hash" | "verify"> {
  return { hash: () => Promise.resolve("new"), verify: () => Promise.resolve(match) };
}
