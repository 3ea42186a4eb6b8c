import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { SecretBox } from "./secret_box.ts";
import { newSigningKey } from "./signature.ts";

const SECRET = "configured-secret-0123456789abcdef";

Deno.test("SecretBox opens what it sealed, in another process too", () => {
  const [id, key] = [newId(), newSigningKey()];
  const sealed = new SecretBox([SECRET]).seal(id, key);
  assert.deepEqual([...new SecretBox([SECRET]).open(id, sealed)], [...key]);
});

Deno.test("SecretBox opens what an earlier secret sealed, and seals it anew by the current one", () => {
  const [id, key] = [newId(), newSigningKey()];
  const earlier = "an-earlier-secret-0123456789abcdef";
  const both = new SecretBox([SECRET, earlier]);
  const sealed = new SecretBox([earlier]).seal(id, key);
  assert.deepEqual([...both.open(id, sealed)], [...key]);
  const resealed = both.resealed(id, sealed)!;
  assert.deepEqual([...new SecretBox([SECRET]).open(id, resealed)], [...key]);
  assert.throws(() => new SecretBox([earlier]).open(id, resealed));
  assert.equal(both.resealed(id, resealed), undefined, "the current secret sealed it already");
});

Deno.test("SecretBox never seals a key the same way twice", () => {
  const [id, key, box] = [newId(), newSigningKey(), new SecretBox([SECRET])];
  assert.notDeepEqual([...box.seal(id, key)], [...box.seal(id, key)]);
});

Deno.test("SecretBox opens nothing of another webhook, of another secret, or altered", () => {
  const [id, key, box] = [newId(), newSigningKey(), new SecretBox([SECRET])];
  const sealed = box.seal(id, key);
  assert.throws(() => box.open(newId(), sealed));
  assert.throws(() => new SecretBox([`${SECRET}!`]).open(id, sealed));
  for (const i of [0, 12, 28, sealed.length - 1]) {
    const altered = Uint8Array.from(sealed);
    altered[i]! ^= 1;
    assert.throws(() => box.open(id, altered), String(i));
  }
});
