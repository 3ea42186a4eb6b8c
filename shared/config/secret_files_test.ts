import assert from "node:assert/strict";
import { withSecretFiles } from "./secret_files.ts";

const FILES: Record<string, string> = { "/s/jwt": "from a file\n", "/s/empty": "\n" };

function readFile(path: string): string {
  const text = FILES[path];
  if (text === undefined) throw new Error("No such file");
  return text;
}

Deno.test("withSecretFiles() reads secrets from files and leaves other variables alone", () => {
  const env = { JWT_SECRET_FILE: "/s/jwt", JWT_SECRET: "", INTERNAL_API_KEY: "key", HOME: "/h" };
  assert.deepEqual(withSecretFiles(env, readFile), { ...env, JWT_SECRET: "from a file" });
});

Deno.test("withSecretFiles() reads no file for a variable that is not a secret", () => {
  const env = { LOG_LEVEL_FILE: "/s/jwt", JWT_SECRET_FILE: " " };
  assert.deepEqual(withSecretFiles(env, readFile), env);
});

Deno.test("withSecretFiles() names every mistake at once", () => {
  const env = {
    JWT_SECRET_FILE: "/s/jwt",
    JWT_SECRET: "set",
    DATABASE_URL_FILE: "/s/none",
    INTERNAL_API_KEY_FILE: "/s/empty",
  };
  assert.throws(() => withSecretFiles(env, readFile), {
    message: [
      "The environment cannot be used:",
      "  - DATABASE_URL_FILE: /s/none cannot be read: No such file",
      "  - INTERNAL_API_KEY_FILE: the file /s/empty is empty",
      "  - JWT_SECRET_FILE cannot be used as JWT_SECRET is set, too",
    ].join("\n"),
  });
});
