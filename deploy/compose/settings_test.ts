import assert from "node:assert/strict";
import { newEnvironment, readSettings } from "./settings.ts";

const EXAMPLE = await Deno.readTextFile(new URL("../env.example", import.meta.url));
const SECRETS = `JWT_SECRET=${"j".repeat(32)}\nINTERNAL_API_KEY=${
  "k".repeat(16)
}\nPOSTGRES_PASSWORD=p\n`;

Deno.test("readSettings() has the front on port 80 and secrets in .env by default", () => {
  assert.deepEqual(readSettings(SECRETS, {}), {
    httpPort: 80,
    publicUrl: "http://localhost",
    files: [],
  });
});

Deno.test("readSettings() lets the environment replace a line, as Compose does", () => {
  const settings = readSettings(`${SECRETS}HTTP_PORT=8080\n`, { HTTP_PORT: "9090" });
  assert.deepEqual([settings.httpPort, settings.publicUrl], [9090, "http://localhost:9090"]);
});

Deno.test("readSettings() names every mistake at once", () => {
  const text = "JWT_SECRET=short\nPOSTGRES_PASSWORD=a/b\nHTTP_PORT=0\n";
  assert.throws(() => readSettings(text, {}), {
    message: [
      ".env cannot be used:",
      "  - JWT_SECRET must have at least 32 characters",
      "  - INTERNAL_API_KEY is required",
      "  - POSTGRES_PASSWORD may have letters, digits and . _ ~ - only, as it is in an address",
      "  - HTTP_PORT must be a port from 1 to 65535",
    ].join("\n"),
  });
});

Deno.test("readSettings() takes secrets from files or from .env, not from both", () => {
  assert.deepEqual(readSettings("SECRETS_DIRECTORY=/s\n", {}).files, ["deploy/secrets.yml"]);
  assert.throws(
    () => readSettings("SECRETS_DIRECTORY=/s\nJWT_SECRET=x\n", {}),
    /JWT_SECRET must be empty as SECRETS_DIRECTORY has it/,
  );
});

Deno.test("readSettings() wants to know the mail server that containers may reach", () => {
  const smtp = `${SECRETS}SMTP_URL=smtps://user:secret@mail.example\n`;
  assert.throws(() => readSettings(smtp, {}), /MAIL_HOST must be mail\.example:465/);
  readSettings(`${smtp}MAIL_HOST=mail.example:465\n`, {});
  const api = `${SECRETS}MAIL_API_URL=https://api.mail.example/emails\n`;
  assert.throws(() => readSettings(api, {}), /MAIL_HOST must be api\.mail\.example:443/);
});

Deno.test("readSettings() says how to get an .env", () => {
  assert.throws(() => readSettings(undefined, {}), /There is no \.env\. .*--new-env/);
});

Deno.test("newEnvironment() fills in every required secret of the example, each another", () => {
  assert.throws(() => readSettings(EXAMPLE, {}), /JWT_SECRET is required/);
  const [text, other] = [newEnvironment(EXAMPLE), newEnvironment(EXAMPLE)];
  readSettings(text, {});
  const secrets = [...text.matchAll(/^[A-Z_]+=([0-9a-f]{64})$/gm)].map(([, secret]) => secret!);
  assert.equal(new Set(secrets).size, 4);
  assert.ok(secrets.every((secret) => !other.includes(secret)));
});
