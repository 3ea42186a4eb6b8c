import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findProgram, freePort } from "@evently/shared/testing";
import { parse, stringify } from "yaml";
import { eventually } from "../journeys/platform.ts";

const FOLDER = new URL("../../deploy/observability/", import.meta.url);
const PROGRAM = await findProgram("prometheus");
const READ_EVERY = "200ms";

/** Whether there is a Prometheus to start. */
export const HAS_PROMETHEUS = PROGRAM !== undefined;

/** A Prometheus with the platform's own configuration and alerts. */
export interface Prometheus extends AsyncDisposable {
  /** Returns the series that a query gives; throws what is wrong with it. */
  query(query: string): Promise<{ metric: Record<string, string>; value: [number, string] }[]>;
  rules(): Promise<{ name: string; health: string; state: string; lastError?: string }[]>;
}

/** Starts one that reads these addresses, in the place of those of containers, and more often. */
export async function startPrometheus(targets: readonly string[]): Promise<Prometheus> {
  const folder = await Deno.makeTempDir({ prefix: "evently-prometheus-" });
  const config = parse(await Deno.readTextFile(new URL("prometheus.yml", FOLDER)));
  const [{ dns_sd_configs: _, ...job }] = config.scrape_configs;
  const adjusted = {
    global: { scrape_interval: READ_EVERY, evaluation_interval: READ_EVERY },
    rule_files: config.rule_files.map((name: string) => fileURLToPath(new URL(name, FOLDER))),
    scrape_configs: [{ ...job, static_configs: [{ targets }] }],
  };
  await Deno.writeTextFile(join(folder, "prometheus.yml"), stringify(adjusted));
  const address = `127.0.0.1:${await freePort()}`;
  const child = new Deno.Command(PROGRAM!, {
    args: [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=${address}`,
      "--log.level=error",
    ],
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();

  async function get(path: string) {
    const response = await fetch(`http://${address}${path}`);
    const { status, data, error } = await response.json();
    if (status !== "success") throw new Error(`${decodeURIComponent(path)}: ${error}`);
    return data;
  }
  await eventually("Prometheus is ready", async () => {
    const ready = await fetch(`http://${address}/-/ready`).catch(() => undefined);
    await ready?.body?.cancel();
    return ready?.ok;
  });
  return {
    async query(query) {
      return (await get(`/api/v1/query?query=${encodeURIComponent(query)}`)).result;
    },
    async rules() {
      const { groups } = await get("/api/v1/rules");
      return groups.flatMap(({ rules }: { rules: unknown[] }) => rules);
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}
