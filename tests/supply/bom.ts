import { isAllowed } from "./licenses.ts";
import type { Package } from "./packages.ts";

const ALGORITHMS: Readonly<Record<string, string>> = { sha512: "SHA-512", sha1: "SHA-1" };

/**
 * The bill of materials: a CycloneDX 1.6 document of the locked packages, in the order of their names. The same lock
 * gives the same text.
 *
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export function billOfMaterials(packages: readonly Package[]) {
  const sorted = packages.toSorted((a, b) => a.key < b.key ? -1 : 1);
  const brought = new Set(packages.flatMap(({ dependencies }) => dependencies));
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { type: "application", name: "evently", "bom-ref": "evently" } },
    components: sorted.map(componentOf),
    dependencies: [
      {
        ref: "evently",
        dependsOn: sorted.map(({ key }) => key).filter((key) => !brought.has(key)),
      },
      ...sorted.map(({ key, dependencies }) => ({ ref: key, dependsOn: dependencies.toSorted() })),
    ],
  };
}

function componentOf({ key, name, version, integrity, isProduct, license }: Package) {
  const [algorithm, digest] = integrity.split("-") as [string, string];
  const isName = name.startsWith("@") ? `%40${name.slice(1)}` : name;
  return {
    type: "library",
    "bom-ref": key,
    name,
    version,
    scope: isProduct ? "required" : "excluded",
    purl: `pkg:npm/${isName}@${version}`,
    hashes: [{ alg: ALGORITHMS[algorithm]!, content: Uint8Array.fromBase64(digest).toHex() }],
    ...(license === undefined ? {} : { licenses: [licenseOf(license)] }),
  };
}

/** A single licence is named by its id, several are an expression. */
function licenseOf(license: string) {
  if (license.includes(" ")) return { expression: license };
  return { license: isAllowed(license) ? { id: license } : { name: license } };
}
