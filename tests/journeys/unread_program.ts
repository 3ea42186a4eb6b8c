import { fileURLToPath } from "node:url";

/** A program whose output is read only on request, to test a stalled or closed reader. */
export interface UnreadProgram extends AsyncDisposable {
  readonly origin: string;
  /** Reads until the output matches `until` or ends; returns all output so far. */
  readOn(until?: RegExp): Promise<string>;
  /** Closes the reading end of the output. */
  closeOutput(): Promise<void>;
  signal(name: Deno.Signal): void;
  readonly status: Promise<Deno.CommandStatus>;
}

const NEVER = /$^/;
const LISTENING = /"message":"listening".*"port":(\d+)/;

/** Starts the program at `entry` and stops reading its output once it listens. */
export async function startUnread(
  entry: URL,
  variables: Record<string, string>,
): Promise<UnreadProgram> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--quiet", fileURLToPath(entry)],
    env: { NO_COLOR: "1", PORT: "0", HOST: "127.0.0.1", ...variables },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = child.stdout.getReader();
  const decoder = new TextDecoder();
  let output = "";
  async function read(): Promise<boolean> {
    const { value, done } = await reader.read();
    output += decoder.decode(value, { stream: true });
    return !done;
  }
  async function readOn(until = NEVER): Promise<string> {
    while (!until.test(output) && await read());
    return output;
  }
  await readOn(LISTENING);
  return {
    origin: `http://127.0.0.1:${LISTENING.exec(output)?.[1]}`,
    readOn,
    closeOutput: () => reader.cancel(),
    signal: (name) => child.kill(name),
    status: child.status,
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch { /* the process has exited already */ }
      await reader.cancel();
      await child.status;
    },
  };
}
