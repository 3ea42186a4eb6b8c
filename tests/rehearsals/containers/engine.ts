import { join } from "node:path";
import { findProgram } from "@evently/shared/testing";
import { run, runAny } from "./run.ts";

/** Why there is no engine here; the rehearsal is skipped. */
export class NoEngine extends Error {}

/** A container engine in a network namespace of its own, so that its bridges and ports are nobody else's. */
export interface Engine extends AsyncDisposable {
  /** Variables that lead `docker` to it. */
  env: Record<string, string>;
  /** Words before a command that is to run in the engine's network. */
  inside: readonly string[];
  /** Runs `docker` with the arguments; returns what it wrote. */
  docker(...args: string[]): Promise<string>;
}

/** What the engine and its base images need, with the Debian package of each. */
const PROGRAMS: Readonly<Record<string, string>> = {
  docker: "docker.io",
  dockerd: "docker.io",
  "docker-compose": "docker-compose",
  ip: "iproute2",
  iptables: "iptables",
  mmdebstrap: "mmdebstrap",
  nsenter: "util-linux",
  slirp4netns: "slirp4netns",
};
const SBIN = ["/usr/sbin", "/sbin"];
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 60_000;
const POLL_MS = 200;
/** Name server of slirp4netns, which asks the machine's own. */
const NAME_SERVER = "10.0.2.3";

/**
 * Starts Docker with everything that it keeps below `directory`; its images outlive it.
 *
 * @throws {NoEngine} the text says what is missing
 */
export async function startEngine(directory: string): Promise<Engine> {
  await assertPossible();
  await stopEarlier(directory);
  const name = `evently-${Deno.pid}`;
  const namespace = `/run/netns/${name}`;
  const inside = ["nsenter", `--net=${namespace}`];
  const closers: (() => Promise<unknown>)[] = [];
  async function close(): Promise<void> {
    for (const step of closers.toReversed()) await step();
    closers.length = 0;
  }
  try {
    await run(["ip", "netns", "add", name]);
    closers.push(() => runAny(["ip", "netns", "delete", name]));
    await run([...inside, "ip", "link", "set", "lo", "up"]);

    const network = start([
      "slirp4netns",
      "--configure",
      "--mtu=65520",
      "--disable-host-loopback",
      "--netns-type=path",
      namespace,
      "tap0",
    ], join(directory, "network.log"));
    closers.push(() => stop(network));

    const socket = join(directory, "docker.sock");
    const env = { DOCKER_HOST: `unix://${socket}` };
    await Deno.writeTextFile(join(directory, "daemon.json"), "{}");
    const daemon = start([
      ...inside,
      "dockerd",
      `--config-file=${join(directory, "daemon.json")}`,
      `--host=${env.DOCKER_HOST}`,
      `--data-root=${join(directory, "data")}`,
      `--exec-root=${join(directory, "exec")}`,
      `--pidfile=${join(directory, "docker.pid")}`,
      "--storage-driver=overlay2",
      `--dns=${NAME_SERVER}`,
    ], join(directory, "dockerd.log"));
    closers.push(() => stop(daemon));
    const engine: Engine = {
      env,
      inside,
      docker: (...args) => run(["docker", ...args], { env }),
      [Symbol.asyncDispose]: close,
    };
    await untilAnswers(engine, daemon.status, join(directory, "dockerd.log"));
    await clear(engine);
    return engine;
  } catch (error) {
    await close();
    if (error instanceof NoEngine) throw error;
    throw new NoEngine(error instanceof Error ? error.message : String(error));
  }
}

/** Removes what a rehearsal that was killed has left, which would start again; its images stay. */
async function clear({ docker }: Engine): Promise<void> {
  const listed = async (...args: string[]) => (await docker(...args)).split("\n").filter(Boolean);
  const containers = await listed("ps", "--all", "--quiet");
  if (containers.length > 0) await docker("rm", "--force", "--volumes", ...containers);
  const volumes = await listed("volume", "ls", "--quiet");
  if (volumes.length > 0) await docker("volume", "rm", "--force", ...volumes);
  await docker("network", "prune", "--force");
}

async function assertPossible(): Promise<void> {
  if (Deno.build.os !== "linux") throw new NoEngine("it needs Linux");
  if (Deno.uid() !== 0) throw new NoEngine("it needs root, for a network of its own");
  const packages = new Set<string>();
  for (const [program, itsPackage] of Object.entries(PROGRAMS)) {
    if (!await findProgram(program, SBIN)) packages.add(itsPackage);
  }
  if (packages.size === 0) return;
  const list = [...packages].join(" ");
  throw new NoEngine(
    `it needs apt-get install --no-install-recommends ${list} (RUNLEVEL=1 starts no daemon)`,
  );
}

/** Stops the daemon of a rehearsal that was killed. */
async function stopEarlier(directory: string): Promise<void> {
  const text = await Deno.readTextFile(join(directory, "docker.pid")).catch(() => "");
  const pid = Number(text);
  const commandLine = () => Deno.readTextFile(`/proc/${pid}/cmdline`).catch(() => "");
  const runs = async () => (await commandLine()).includes(`--data-root=${join(directory, "data")}`);
  if (!pid || !await runs()) return;
  Deno.kill(pid, "SIGTERM");
  const untilMs = performance.now() + STOP_LIMIT_MS;
  while (await runs()) {
    if (performance.now() > untilMs) throw new NoEngine(`an earlier one (${pid}) does not stop`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Starts a program whose outputs go to a file. */
function start(command: readonly string[], log: string): Deno.ChildProcess {
  return new Deno.Command("sh", {
    args: ["-c", 'log=$1; shift; exec "$@" >"$log" 2>&1', "sh", log, ...command],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
}

/** Asks a program to stop, and kills it when it does not. */
async function stop(child: Deno.ChildProcess): Promise<void> {
  const kill = (signal: Deno.Signal) => {
    try {
      child.kill(signal);
    } catch {
      // It has exited.
    }
  };
  kill("SIGTERM");
  const timer = setTimeout(() => kill("SIGKILL"), STOP_LIMIT_MS);
  await child.status;
  clearTimeout(timer);
}

async function untilAnswers(engine: Engine, ended: Promise<unknown>, log: string): Promise<void> {
  let over = false;
  void ended.then(() => over = true);
  const untilMs = performance.now() + START_LIMIT_MS;
  while (!over && performance.now() < untilMs) {
    const { code } = await runAny(["docker", "info"], { env: engine.env });
    if (code === 0) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const lines = (await Deno.readTextFile(log)).trim().split("\n");
  throw new NoEngine(`dockerd does not start: ${lines.slice(-3).join(" ")}`);
}
