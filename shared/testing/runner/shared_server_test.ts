import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { removePostgres } from "@evently/embedded/postgres";
import { openPostgres } from "@evently/shared/postgres";

const MODULE = new URL("./shared_server.ts", import.meta.url).href;
const MAX_PROBES = 600;

/** Starts a process that uses the server until its standard input closes. */
function startUser(directory: string) {
  const script = `import { joinServer } from ${JSON.stringify(MODULE)};
    console.log(await joinServer(${JSON.stringify(directory)}));
    await new Response(Deno.stdin.readable).text();`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", script],
    cwd: fileURLToPath(new URL("../../../", import.meta.url)),
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  return {
    async url(): Promise<string> {
      let text = "";
      while (!text.includes("\n")) text += (await output.read()).value ?? "\n";
      return text.trim();
    },
    async end(kill: boolean): Promise<void> {
      if (kill) child.kill("SIGKILL");
      await child.stdin.close().catch(() => {});
      await child.status;
      await output.cancel();
    },
  };
}

async function isRunning(url: string): Promise<boolean> {
  const sql = openPostgres(url, { max: 1, name: "shared-server-test" });
  return await sql`SELECT 1`.then(() => true, () => false).finally(() => sql.end());
}

Deno.test("joinServer() shares one server among processes and stops it after the last one", async () => {
  const directory = await Deno.makeTempDir({ prefix: "evently-shared-server-" });
  const users = [startUser(directory), startUser(directory), startUser(directory)];
  const urls = await Promise.all(users.map((user) => user.url()));
  assert.match(urls[0]!, /^postgres:/);
  assert.deepEqual(new Set(urls).size, 1);

  const [first, ...others] = users;
  await first!.end(false);
  assert.ok(await isRunning(urls[0]!), "the server must run while others use it");
  await Promise.all(others.map((user) => user.end(true)));
  for (let probes = 0; await isRunning(urls[0]!); probes++) {
    assert.ok(probes < MAX_PROBES, "the server must stop after its last users are killed");
  }
  await removePostgres(directory);
  await Deno.remove(directory, { recursive: true }).catch(() => {});
});
