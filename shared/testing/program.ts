import { fileURLToPath } from "node:url";

/** A program of ours as it really runs: a process that only its environment, signals and HTTP reach. */
export interface Program extends AsyncDisposable {
  /** Where it listens. @throws {Error} it ended before; the text is all that it wrote */
  listening(): Promise<string>;
  /** Sends it a signal. */
  signal(name: Deno.Signal): void;
  /** Its exit code and all that it wrote, once it has ended. */
  ended: Promise<{ code: number; output: string }>;
}

/** Starts the program at `entry` on a free port, with these variables over the test's own. */
export function startProgram(entry: URL, variables: Record<string, string> = {}): Program {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--quiet", fileURLToPath(entry)],
    env: { NO_COLOR: "1", PORT: "0", HOST: "127.0.0.1", ...variables },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let output = "";
  const port = Promise.withResolvers<number>();
  async function read(stream: ReadableStream<Uint8Array>): Promise<void> {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      output += text;
      const found = /"message":"listening".*"port":(\d+)/.exec(output)?.[1];
      if (found) port.resolve(Number(found));
    }
  }
  const ended = Promise.all([child.status, read(child.stdout), read(child.stderr)])
    .then(([{ code }]) => ({ code, output }));
  return {
    ended,
    async listening() {
      const first = await Promise.race([port.promise, ended]);
      if (typeof first !== "number") throw new Error(`It ended with ${first.code}: ${output}`);
      return `http://127.0.0.1:${first}`;
    },
    signal: (name) => child.kill(name),
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended already.
      }
      await ended;
    },
  };
}
