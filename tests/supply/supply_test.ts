import assert from "node:assert/strict";
import { billOfMaterials } from "./bom.ts";
import { isAllowed, licensesOf } from "./licenses.ts";
import { type Package, readPackages } from "./packages.ts";

Deno.test("every locked package has a licence that is allowed", async () => {
  const licensed = licensesOf(await readPackages());
  assert.ok(licensed.length > 200);
  const refused = licensed.filter(({ license }) => !isAllowed(license));
  assert.deepEqual(refused.map(({ package: { key }, license }) => `${key}: ${license}`), []);
});

Deno.test("isAllowed() takes one allowed alternative, and all of what counts together", () => {
  for (const license of ["MIT", "(MIT OR GPL-3.0-only)", "(MIT AND Zlib)"]) {
    assert.equal(isAllowed(license), true, license);
  }
  for (const license of ["GPL-3.0-only", "MIT AND GPL-3.0-only", "UNKNOWN", "", "mit"]) {
    assert.equal(isAllowed(license), false, license);
  }
});

Deno.test("a package for another platform has the licence of what brings it", () => {
  const one = (key: string, license: string | undefined, dependencies: string[] = []): Package => ({
    key,
    name: key,
    version: "1",
    integrity: "",
    dependencies,
    isProduct: true,
    license,
  });
  const packages = [
    one("a", "MPL-2.0", ["b"]),
    one("b", undefined, ["c"]),
    one("c", undefined),
    one("d", undefined, ["d"]),
  ];
  assert.deepEqual(licensesOf(packages).map(({ license }) => license), [
    "MPL-2.0",
    "MPL-2.0",
    "MPL-2.0",
    "UNKNOWN",
  ]);
});

Deno.test("the bill of materials names every locked package once, its archive and what it brings", async () => {
  const lock = JSON.parse(await Deno.readTextFile(new URL("../../deno.lock", import.meta.url)));
  const packages = await readPackages();
  const { components, dependencies } = billOfMaterials(packages);
  assert.deepEqual(components.map((one) => one["bom-ref"]), Object.keys(lock.npm).toSorted());
  const refs = new Set(["evently", ...components.map((one) => one["bom-ref"])]);
  for (const { ref, dependsOn } of dependencies) {
    for (const each of [ref, ...dependsOn]) assert.ok(refs.has(each), each);
  }
  for (const { hashes: [hash], purl } of components) {
    assert.equal(hash!.alg, "SHA-512");
    assert.match(hash!.content, /^[0-9a-f]{128}$/);
    assert.match(purl, /^pkg:npm\/(%40[^/@]+\/)?[^/@]+@\d+\.\d+\.\d+/);
  }
  const hono = components.find(({ name }) => name === "hono")!;
  assert.equal(hono.scope, "required");
  assert.deepEqual(hono.licenses, [{ license: { id: "MIT" } }]);
  assert.equal(components.find(({ name }) => name === "fast-check")!.scope, "excluded");
  assert.deepEqual(billOfMaterials(packages.toReversed()).components, components);
});
