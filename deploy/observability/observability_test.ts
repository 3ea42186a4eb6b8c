/** Dashboard and alerts ask for what exists; their own tools accept them. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { METRICS } from "@evently/shared/metrics";
import { findProgram } from "@evently/shared/testing";
import { parse } from "yaml";
import { prometheusText } from "../../shared/metrics/prometheus_text.ts";
import { readAlerts, readDashboardQueries } from "./testing/queries.ts";

const FOLDER = new URL("./", import.meta.url);
const PROMTOOL = await findProgram("promtool");
/** Labels that Prometheus adds. */
const ADDED_LABELS = ["job", "instance", "le"];
/** What Grafana puts in the place of its variable. */
const RATE_INTERVAL = "5m";

const alerts = await readAlerts();
const queries = await readDashboardQueries();

function readText(name: string): Promise<string> {
  return Deno.readTextFile(new URL(name, FOLDER));
}

/** Names of series, and their labels. */
const series = new Map(METRICS.flatMap(({ kind, prometheusName: name, labelNames }) => {
  const names = kind === "histogram" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
  return names.map((one) => [one, new Set<string>([...labelNames, ...ADDED_LABELS])] as const);
}));

/** What a query asks for that no process has. */
function unknownIn(query: string): string[] {
  const names = query.match(/\b(?:evently|process)_\w+/g) ?? [];
  const selected = [...query.matchAll(/\b((?:evently|process)_\w+)\{([^}]*)\}/g)]
    .flatMap(([, name = "", text = ""]) =>
      [...text.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = ""]) => ({ name, label }))
    );
  const grouped = [...query.matchAll(/\bby \(([^)]*)\)/g)]
    .flatMap(([, text = ""]) => text.split(",").map((label) => label.trim()));
  const known = new Set(names.flatMap((name) => [...series.get(name) ?? []]));
  return [
    ...names.filter((name) => !series.has(name)),
    ...selected.filter(({ name, label }) => !series.get(name)?.has(label))
      .map(({ name, label }) => `${name}{${label}}`),
    ...grouped.filter((label) => !known.has(label)),
  ];
}

Deno.test("every query of the dashboard asks for series and labels that exist", () => {
  assert.ok(queries.length > 30);
  for (const query of queries) assert.deepEqual(unknownIn(query), [], query);
});

Deno.test("every alert asks for series and labels that exist", () => {
  for (const { alert, expr } of alerts) {
    assert.deepEqual(unknownIn(expr.replace(/^up\{job="evently"\}/, "")), [], alert);
  }
});

Deno.test("a query of a metric or label that does not exist is found", () => {
  assert.deepEqual(unknownIn("sum by (shop) (rate(evently_booking_total[5m]))"), [
    "evently_booking_total",
    "shop",
  ]);
  assert.deepEqual(unknownIn('evently_queued{queues="a"}'), ["evently_queued{queues}"]);
});

Deno.test("every metric is on the dashboard", () => {
  const text = queries.join("\n");
  const missing = METRICS.map(({ prometheusName }) => prometheusName)
    .filter((name) => !text.includes(name));
  assert.deepEqual(missing, []);
});

Deno.test("every alert says what to do", async () => {
  const page = await Deno.readTextFile(new URL("../../docs/operation.md", FOLDER));
  for (const { alert, annotations } of alerts) {
    assert.equal(annotations.runbook, `docs/operation.md#${alert.toLowerCase()}`);
    assert.match(page, new RegExp(`^### ${alert}\n\n\\S`, "m"));
  }
});

Deno.test("the collector's pipelines use what is declared, and all of it", async () => {
  const { service: { pipelines }, ...declared } = parse(await readText("collector.yml"));
  for (const kind of ["receivers", "processors", "exporters"]) {
    const used = Object.values<Record<string, string[]>>(pipelines)
      .flatMap((pipeline) => pipeline[kind]!);
    assert.deepEqual(new Set(used), new Set(Object.keys(declared[kind])));
  }
  assert.equal(pipelines.traces.processors[0], "memory_limiter", "it must come first");
});

Deno.test("links between data sources lead to one of them, and keep Grafana's variables", async () => {
  const text = await readText("grafana/datasources.yml");
  const uids = parse(text).datasources.map(({ uid }: { uid: string }) => uid);
  const links = [...text.matchAll(/datasourceUid: (\S+)/g)].map(([, uid]) => uid);
  assert.deepEqual(links, ["loki", "tempo"]);
  assert.deepEqual(links.filter((uid) => !uids.includes(uid)), []);
  assert.doesNotMatch(
    text,
    /(?<!\$)\$\{/,
    "Grafana would read it as a variable of its environment",
  );
});

/** Runs promtool; fails the test with what it says. */
async function promtool(args: readonly string[], input = ""): Promise<void> {
  const child = new Deno.Command(PROMTOOL!, {
    args: [...args],
    cwd: fileURLToPath(FOLDER),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  await new Blob([input]).stream().pipeTo(child.stdin);
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  assert.equal(code, 0, decoder.decode(stdout) + decoder.decode(stderr));
}

Deno.test({
  name: "promtool accepts configuration and rules, and each alert fires when it should",
  ignore: PROMTOOL === undefined,
  async fn() {
    await promtool(["check", "config", "prometheus.yml"]);
    await promtool(["test", "rules", "alerts_test.yml"]);
  },
});

Deno.test({
  name: "promtool understands every query of the dashboard",
  ignore: PROMTOOL === undefined,
  async fn() {
    const rules = queries.map((query, n) => ({
      record: `dashboard:query_${n}`,
      expr: query.replaceAll("$__rate_interval", RATE_INTERVAL),
    }));
    const path = await Deno.makeTempFile({ suffix: ".yml" });
    try {
      await Deno.writeTextFile(path, JSON.stringify({ groups: [{ name: "dashboard", rules }] }));
      await promtool(["check", "rules", path]);
    } finally {
      await Deno.remove(path);
    }
  },
});

Deno.test({
  name: "promtool finds nothing to blame in what /metrics writes",
  ignore: PROMTOOL === undefined,
  async fn() {
    for (const instrument of METRICS) {
      const labels = Object.fromEntries(instrument.labelNames.map((name) => [name, "x"]));
      if (instrument.kind === "counter") instrument.add(1, labels);
      else if (instrument.kind === "gauge") instrument.set(1, labels);
      else instrument.record(1, labels);
    }
    await promtool(["check", "metrics"], prometheusText(METRICS));
  },
});
