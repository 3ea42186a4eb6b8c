import assert from "node:assert/strict";
import { ARGON2_COST } from "./argon2.ts";
import { openNativeArgon2 } from "./native.ts";
import { openArgon2 } from "./open.ts";
import { openWasmArgon2 } from "./wasm.ts";

const IMPLEMENTATIONS = {
  native: await openNativeArgon2(),
  wasm: await openWasmArgon2(),
};
const PASSWORD = new TextEncoder().encode("correct horse \u0000 ééé 🐎");
const OTHER = new TextEncoder().encode("correct horse");

for (const [maker, { hash }] of Object.entries(IMPLEMENTATIONS)) {
  Deno.test(`a hash that argon2 (${maker}) made is verified by every implementation`, async () => {
    const made = await hash(PASSWORD);
    const { memory_kib, passes, lanes } = ARGON2_COST;
    assert.ok(made.startsWith(`$argon2id$v=19$m=${memory_kib},t=${passes},p=${lanes}$`), made);
    assert.notEqual(await hash(PASSWORD), made, "the salt repeats");
    for (const [verifier, { verify }] of Object.entries(IMPLEMENTATIONS)) {
      assert.equal(await verify(PASSWORD, made), true, verifier);
      assert.equal(await verify(OTHER, made), false, verifier);
    }
  });

  Deno.test(`argon2 (${maker}) throws at a hash that is none, and works on`, async () => {
    const { verify } = IMPLEMENTATIONS[maker as keyof typeof IMPLEMENTATIONS];
    await assert.rejects(verify(PASSWORD, "not a hash"));
    assert.equal(await verify(PASSWORD, await hash(PASSWORD)), true);
  });
}

Deno.test("openArgon2() passes over what does not load and what computes wrongly", async () => {
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

Deno.test("native argon2 leaves the event loop running", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  // A call that blocks its thread settles in a microtask, so that no timer fires between two of them.
  for (let i = 0; i < 4; i++) await IMPLEMENTATIONS.native.hash(PASSWORD);
  clearInterval(timer);
  assert.ok(turns > 0);
});
