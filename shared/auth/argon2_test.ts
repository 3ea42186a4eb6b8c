import assert from "node:assert/strict";
import { ARGON2_COST, openArgon2, openNativeArgon2, openWasmArgon2 } from "./argon2.ts";

const IMPLEMENTATIONS = {
  native: await openNativeArgon2(),
  wasm: await openWasmArgon2(),
};
const PASSWORD = new TextEncoder().encode("correct horse \u0000 ééé 🐎");
const OTHER = new TextEncoder().encode("correct horse");

for (const [maker, { hash }] of Object.entries(IMPLEMENTATIONS)) {
  Deno.test(`${maker} argon2: every implementation verifies its hashes`, async () => {
    const made = await hash(PASSWORD);
    const { memoryKib, passes, lanes } = ARGON2_COST;
    assert.ok(made.startsWith(`$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$`), made);
    assert.notEqual(await hash(PASSWORD), made, "the salt repeats");
    for (const [verifier, { verify }] of Object.entries(IMPLEMENTATIONS)) {
      assert.equal(await verify(PASSWORD, made), true, verifier);
      assert.equal(await verify(OTHER, made), false, verifier);
    }
  });

  Deno.test(`${maker} argon2: verify() throws at a malformed hash`, async () => {
    const { verify } = IMPLEMENTATIONS[maker as keyof typeof IMPLEMENTATIONS];
    await assert.rejects(verify(PASSWORD, "not a hash"));
    assert.equal(await verify(PASSWORD, await hash(PASSWORD)), true);
  });
}

Deno.test("openArgon2() skips implementations that do not load or fail their self-test", async () => {
  const { wasm } = IMPLEMENTATIONS;
  const opened = await openArgon2([
    () => Promise.reject(new Error("no native code here")),
    () => ({ ...wasm, verify: () => Promise.resolve(false) }),
    () => wasm,
  ]);
  assert.equal(opened, wasm);
  await assert.rejects(
    openArgon2([() => Promise.reject(new Error("no native code here"))]),
    AggregateError,
  );
});

Deno.test("native argon2: hash() does not block the event loop", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  // A blocking call settles in a microtask, so no timer would fire between two of them.
  for (let i = 0; i < 4; i++) await IMPLEMENTATIONS.native.hash(PASSWORD);
  clearInterval(timer);
  assert.ok(turns > 0);
});
