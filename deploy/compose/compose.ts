import { CannotRun } from "@evently/shared/output";

/** Name of the project: prefix of its containers and volumes. */
export const PROJECT = "evently";

/** The state of one container. */
export interface ContainerState {
  /** Name in `docker-compose.yml`. */
  service: string;
  name: string;
  /** `running`, `exited`, … */
  state: string;
  /** `Up 3 minutes (healthy)`. */
  status: string;
}

/** Settings of {@link Compose.run}. */
export interface RunOptions {
  /** Sent to the program. */
  input?: ReadableStream<Uint8Array>;
  /** Receives what the program writes; else it goes to the terminal. */
  output?: WritableStream<Uint8Array>;
}

/** Docker Compose, of version 2 or 1.29, on `docker-compose.yml`. */
export interface Compose extends AsyncDisposable {
  /**
   * Runs a subcommand.
   *
   * @throws {CannotRun} it fails
   */
  run(args: readonly string[], options?: RunOptions): Promise<void>;
  /** All containers of the project, also those that have ended. */
  containers(): Promise<ContainerState[]>;
  /** Removes a volume, if it is there; no container may use it. */
  removeVolume(name: string): Promise<void>;
  /** Removes an image, if it is there. */
  removeImage(name: string): Promise<void>;
}

/** Where the files are, and which are used. */
export interface ComposeOptions {
  /** The checkout, with `docker-compose.yml` and `.env`. */
  root: string;
  /** Further compose files, from the root. */
  files?: readonly string[];
}

const NO_DOCKER =
  "Docker is not installed (or not in PATH). Install Docker Engine with Compose v2.";
const NO_COMPOSE =
  "Docker is installed without Compose. Install the plugin docker-compose-plugin, or docker-compose.";

/**
 * Finds Docker and its Compose.
 *
 * @throws {CannotRun} Docker or Compose is not installed, or the engine does not answer
 */
export async function findCompose({ root, files = [] }: ComposeOptions): Promise<Compose> {
  const engine = await tryProgram(["docker", "version", "--format={{.Server.Version}}"]);
  if (!engine) throw new CannotRun(NO_DOCKER);
  if (engine.code !== 0) {
    throw new CannotRun(
      `The Docker engine does not answer: ${engine.said}\nStart it (sudo systemctl start docker), ` +
        "and check that this account may use it (group docker).",
    );
  }
  const all = ["docker-compose.yml", ...files].map((file) => `${root}/${file}`);
  if ((await tryProgram(["docker", "compose", "version"]))?.code === 0) {
    const command = ["docker", "compose", ...all.flatMap((file) => ["--file", file])];
    return composeBy(command, root, () => Promise.resolve());
  }
  if ((await tryProgram(["docker-compose", "version"]))?.code !== 0) {
    throw new CannotRun(NO_COMPOSE);
  }
  // Compose 1 does not know `name:`.
  const copy = await Deno.makeTempFile({ prefix: "evently-compose-", suffix: ".yml" });
  const text = await Deno.readTextFile(all[0]!);
  await Deno.writeTextFile(copy, text.replace(/^name: .*$/m, ""));
  const command = [
    "docker-compose",
    "--project-name",
    PROJECT,
    "--project-directory",
    root,
    ...[copy, ...all.slice(1)].flatMap((file) => ["--file", file]),
  ];
  return composeBy(command, root, () => Deno.remove(copy));
}

function composeBy(
  command: readonly string[],
  root: string,
  close: () => Promise<void>,
): Compose {
  return {
    async run(args, { input, output } = {}) {
      const [program, ...words] = [...command, ...args];
      const child = new Deno.Command(program!, {
        args: words,
        cwd: root,
        stdin: input ? "piped" : "null",
        stdout: output ? "piped" : "inherit",
        stderr: "inherit",
      }).spawn();
      const [{ code }] = await Promise.all([
        child.status,
        // A program that ends early is told by its code.
        input?.pipeTo(child.stdin).catch(() => {}),
        output && child.stdout.pipeTo(output),
      ]);
      const shown = args.filter((word) => !word.includes("\n")).join(" ");
      if (code !== 0) throw new CannotRun(`docker compose ${shown} failed (${code})`);
    },
    async containers() {
      const fields = [
        '{{.Label "com.docker.compose.service"}}',
        "{{.Names}}",
        "{{.State}}",
        "{{.Status}}",
      ];
      const answer = await tryProgram([
        "docker",
        "ps",
        "--all",
        `--filter=label=com.docker.compose.project=${PROJECT}`,
        `--format=${fields.join("\t")}`,
      ]);
      const lines = answer?.said.split("\n").filter(Boolean) ?? [];
      return lines.map((line) => {
        const [service = "", name = "", state = "", status = ""] = line.split("\t");
        return { service, name, state, status };
      }).toSorted((a, b) => a.name.localeCompare(b.name));
    },
    async removeVolume(name) {
      await removeIfThere(["volume", "rm", `${PROJECT}_${name}`]);
    },
    async removeImage(name) {
      await removeIfThere(["image", "rm", name]);
    },
    [Symbol.asyncDispose]: close,
  };
}

async function removeIfThere(args: readonly string[]): Promise<void> {
  const ended = await tryProgram(["docker", ...args]);
  if (!ended || ended.code === 0 || /No such/i.test(ended.said)) return;
  throw new CannotRun(`docker ${args.join(" ")} failed: ${ended.said}`);
}

/** Runs a program to its end; `undefined` if there is none of that name. */
async function tryProgram(
  [program, ...args]: readonly string[],
): Promise<{ code: number; said: string } | undefined> {
  try {
    const { code, stdout, stderr } = await new Deno.Command(program!, { args }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, said: (text(stdout) + (code === 0 ? "" : text(stderr))).trim() };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
