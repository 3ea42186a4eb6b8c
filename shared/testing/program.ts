import { fileURLToPath } from "node:url";

/** A program of the platform in its own process, controlled only by environment, signals and HTTP. */
export interface Program extends AsyncDisposable {
  readonly pid: number;
  /**
   * Returns the origin that the program listens on.
   *
   * @throws {Error} if it exits first; the message contains its output
   */
  listening(): Promise<string>;
  /** What it has printed so far. */
  output(): string;
  /** Sends a signal to the process. */
  signal(name: Deno.Signal): void;
  /** Resolves when the process exits, with its exit code and output. */
  ended: Promise<{ code: number; output: string }>;
}

/** Starts the program at `entry` on a free port; `variables` extend the environment of the test. */
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
    const decoder = new TextDecoder();
    for await (const bytes of stream) {
      output += decoder.decode(bytes, { stream: true });
      const found = /"message":"listening".*"port":(\d+)/.exec(output)?.[1];
      if (found) port.resolve(Number(found));
    }
  }
  const ended = Promise.all([child.status, read(child.stdout), read(child.stderr)])
    .then(([{ code }]) => ({ code, output }));
  return {
    pid: child.pid,
    ended,
    async listening() {
      const first = await Promise.race([port.promise, ended]);
      if (typeof first !== "number") {
        throw new Error(`The program exited with ${first.code}: ${output}`);
      }
      return `http://127.0.0.1:${first}`;
    },
    output: () => output,
    signal: (name) => child.kill(name),
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch {
        // The process has exited already.
      }
      await ended;
    },
  };
}
