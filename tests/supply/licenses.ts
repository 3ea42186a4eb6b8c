import type { Package } from "./packages.ts";

/** SPDX licences that packages may have: permissive ones, and the weak copyleft of files (MPL) and fonts (OFL). */
const ALLOWED: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "MPL-2.0",
  "OFL-1.1",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);

/** A package with the licence that counts for it. */
export interface LicensedPackage {
  package: Package;
  /** SPDX expression. */
  license: string;
  /** Whether the licence is that of the package that brings it, as it is for another platform. */
  isInherited: boolean;
}

/** The licence of each package; one for another platform has that of the package that brings it. */
export function licensesOf(packages: readonly Package[]): LicensedPackage[] {
  const bringers = new Map<string, Package[]>();
  for (const bringer of packages) {
    for (const key of bringer.dependencies) {
      bringers.set(key, [...bringers.get(key) ?? [], bringer]);
    }
  }
  function inherited({ key }: Package, depth = 0): string | undefined {
    if (depth > packages.length) return undefined;
    for (const bringer of bringers.get(key) ?? []) {
      const license = bringer.license ?? inherited(bringer, depth + 1);
      if (license !== undefined) return license;
    }
    return undefined;
  }
  return packages.map((one) => ({
    package: one,
    license: one.license ?? inherited(one) ?? "UNKNOWN",
    isInherited: one.license === undefined,
  }));
}

/** Whether a licence is allowed: of alternatives one must be, of several that all count each. */
export function isAllowed(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, "");
  return plain.split(" OR ").some((alternative) =>
    alternative.split(" AND ").every((license) => ALLOWED.has(license.trim()))
  );
}
