import assert from "node:assert/strict";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readImports } from "./imports.ts";
import { type Checkout, RULES } from "./rules.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("the checkout breaks no structure rule", async (t) => {
  const checkout = await readCheckout();
  for (const rule of RULES) {
    await t.step(rule.name, () => {
      assert.deepEqual(rule.violations(checkout), []);
    });
  }
});

/** For each rule a small checkout that breaks it, and the line that must be reported. */
const PLANTS: Readonly<Record<string, { files: Record<string, string>; found: string }>> = {
  "no file outside of tests/ and bench/ imports them": {
    files: { "shared/a_test.ts": `import "../tests/b.ts";`, "tests/b.ts": "" },
    found: "shared/a_test.ts -> tests/b.ts",
  },
  "tests/ and product code do not import bench/": {
    files: { "tests/a.ts": `import "../bench/b.ts";`, "bench/b.ts": "" },
    found: "tests/a.ts -> bench/b.ts",
  },
  "product code imports no testing/ folder and no test": {
    files: {
      "shared/a.ts": `import type { B } from "./testing/b.ts";`,
      "shared/testing/b.ts": "export type B = 1;",
    },
    found: "shared/a.ts -> shared/testing/b.ts",
  },
  "product code has no import circle; imports of types count": {
    files: {
      "shared/a.ts": `import type { B } from "./b.ts"; export type A = B;`,
      "shared/b.ts": `export type { C as B } from "./c.ts";`,
      "shared/c.ts": `export type C = 1; export const later = () => import("./a.ts");`,
    },
    found: "shared/a.ts -> shared/b.ts -> shared/c.ts",
  },
  "shared/ and migrations/ import no service": {
    files: { "shared/a.ts": `import "../services/user/mod.ts";`, "services/user/mod.ts": "" },
    found: "shared/a.ts -> services/user/mod.ts",
  },
  "a service imports only types of another, from its entry": {
    files: {
      "services/booking/a.ts": `import { b } from "../event/mod.ts"; b;`,
      "services/event/mod.ts": "export const b = 1;",
    },
    found: "services/booking/a.ts -> services/event/mod.ts",
  },
  "only routes and compositions import routes": {
    files: {
      "services/user/accounts/register.ts": `import "./routes.ts";`,
      "services/user/accounts/routes.ts": "",
    },
    found: "services/user/accounts/register.ts -> services/user/accounts/routes.ts",
  },
  "SQL stands in no file of routes or wire shapes": {
    files: { "services/user/accounts/routes.ts": "export const q = `SELECT id FROM users`;" },
    found: "services/user/accounts/routes.ts",
  },
  "SQL files import no zod, Hono, routes or wire shapes": {
    files: {
      "services/user/accounts/users_sql.ts":
        `import type { z } from "zod"; export type A = z.ZodType;`,
    },
    found: "services/user/accounts/users_sql.ts -> zod",
  },
  "only known files write events and venues, whose changes the change feed must number": {
    files: {
      "services/event/sales/sales_sql.ts": "const q = `UPDATE events SET version = version + 1`;",
    },
    found: "services/event/sales/sales_sql.ts",
  },
  "SQL files import no verb": {
    files: {
      "services/user/accounts/users_sql.ts":
        `import { findUser } from "./find_user.ts"; findUser();`,
      "services/user/accounts/find_user.ts": "export function findUser() {}",
    },
    found: "services/user/accounts/users_sql.ts -> services/user/accounts/find_user.ts",
  },
  "verbs import no Hono": {
    files: {
      "services/user/accounts/find_user.ts":
        `import type { Context } from "hono";\nexport function findUser(_c: Context) {}`,
    },
    found: "services/user/accounts/find_user.ts -> hono",
  },
  "event/inventory imports zod and Hono only in routes and wire shapes": {
    files: {
      "services/event/inventory/seats.ts":
        `import type { Seat } from "./wire.ts"; export type S = Seat;`,
      "services/event/inventory/wire.ts":
        `import type { z } from "zod"; export type Seat = z.ZodType;`,
    },
    found: "services/event/inventory/seats.ts -> services/event/inventory/wire.ts",
  },
};

Deno.test("every structure rule reports its planted violation", async (t) => {
  assert.deepEqual(Object.keys(PLANTS), RULES.map(({ name }) => name));
  for (const rule of RULES) {
    await t.step(rule.name, async () => {
      const { files, found } = PLANTS[rule.name]!;
      assert.deepEqual(rule.violations(await plant(files)), [found]);
    });
  }
});

Deno.test("readImports() refuses an import that does not resolve", async () => {
  await assert.rejects(plant({ "shared/a.ts": `import "unheard-of";` }), /Cannot resolve/);
});

async function readCheckout(): Promise<Checkout> {
  const { stdout } = await new Deno.Command("git", {
    args: ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts"],
    cwd: fileURLToPath(ROOT),
  }).output();
  const sources = new Map<string, string>();
  for (const path of new TextDecoder().decode(stdout).split("\n").filter(Boolean)) {
    const text = await Deno.readTextFile(new URL(path, ROOT)).catch(() => undefined);
    if (text !== undefined) sources.set(path, text);
  }
  return { sources, imports: await readImports(ROOT, [...sources.keys()]) };
}

/** Writes the files to a checkout of their own and reads it. */
async function plant(files: Readonly<Record<string, string>>): Promise<Checkout> {
  const directory = await Deno.makeTempDir({ prefix: "evently-planted-" });
  const root = pathToFileURL(`${directory}/`);
  try {
    const { imports } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
    await Deno.writeTextFile(new URL("deno.json", root), JSON.stringify({ imports }));
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(new URL(".", new URL(path, root)), { recursive: true });
      await Deno.writeTextFile(new URL(path, root), text);
    }
    const sources = new Map(Object.entries(files));
    return { sources, imports: await readImports(root, [...sources.keys()]) };
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}
