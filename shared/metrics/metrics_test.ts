import assert from "node:assert/strict";
import { Counter, Gauge, Histogram } from "./instruments.ts";
import { METRICS, REDIS_FAILURES, serveMetrics } from "./mod.ts";
import { prometheusText } from "./prometheus_text.ts";
import { MAX_SERIES } from "./series.ts";

const SANITIZED = { sanitizeOps: true, sanitizeResources: true };

Deno.test("prometheusText() writes counters, gauges and cumulative buckets", () => {
  const sold = new Counter({ name: "evently.sold", description: "Sold", labels: ["kind"] });
  sold.add(2, { kind: 'a "b"\\\nc' });
  sold.add(3, { kind: 'a "b"\\\nc' });
  const age = new Gauge({ name: "evently.age", description: "Age\nof it", unit: "s" });
  age.set(1.5);
  const sizes = new Histogram({ name: "evently.size", description: "Sizes", bounds: [1, 2] });
  for (const size of [1, 2, 2, 9]) sizes.record(size);
  assert.equal(
    prometheusText([sold, age, sizes]),
    `# HELP evently_sold_total Sold
# TYPE evently_sold_total counter
evently_sold_total{kind="a \\"b\\"\\\\\\nc"} 5
# HELP evently_age_seconds Age\\nof it
# TYPE evently_age_seconds gauge
evently_age_seconds 1.5
# HELP evently_size Sizes
# TYPE evently_size histogram
evently_size_bucket{le="1"} 1
evently_size_bucket{le="2"} 3
evently_size_bucket{le="+Inf"} 4
evently_size_sum 14
evently_size_count 4
`,
  );
});

Deno.test("prometheusText() leaves out metrics that have no value", () => {
  const unset = new Gauge({ name: "evently.unset", description: "Unset", labels: ["a"] });
  unset.set(undefined, { a: "b" });
  assert.equal(prometheusText([unset]), "");
});

Deno.test("a gauge reads its value anew for each reader", () => {
  let queued = 1;
  const gauge = new Gauge({ name: "evently.queued", description: "Queued" });
  gauge.observe(() => queued);
  queued = 7;
  assert.deepEqual([...gauge.samples()], [{ labels: {}, value: 7 }]);
});

Deno.test("a metric never has more series than its limit; further ones share one", () => {
  const counter = new Counter({ name: "evently.many", description: "Many", labels: ["id"] });
  for (let id = 0; id < 3 * MAX_SERIES; id++) counter.add(1, { id: String(id) });
  const samples = [...counter.samples()];
  assert.equal(samples.length, MAX_SERIES);
  assert.deepEqual(samples.at(-1), {
    labels: { id: "other" },
    value: 2 * MAX_SERIES + 1,
  });
});

Deno.test("every metric has a name of its own that Prometheus accepts, and a description", () => {
  const names = METRICS.map(({ prometheusName }) => prometheusName);
  assert.equal(new Set(names).size, names.length);
  for (const { prometheusName, description, labelNames } of METRICS) {
    assert.match(prometheusName, /^[a-z][a-z0-9_]*$/);
    assert.match(description, /^[A-Z1].*[^.]$/, prometheusName);
    for (const label of labelNames) assert.match(label, /^[a-z][a-z_]*$/);
  }
});

Deno.test("serveMetrics() answers GET /metrics and nothing else", SANITIZED, async () => {
  REDIS_FAILURES.add(0);
  await using server = serveMetrics({ hostname: "127.0.0.1", port: 0 });
  const origin = `http://127.0.0.1:${server.addr.port}`;
  const answer = await fetch(`${origin}/metrics`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  assert.match(await answer.text(), /^evently_redis_failures_total \d+$/m);
  for (const [method, path] of [["GET", "/"], ["GET", "/metrics/x"], ["POST", "/metrics"]]) {
    const refused = await fetch(`${origin}${path}`, { method: method! });
    assert.equal(refused.status, 404);
    await refused.body?.cancel();
  }
});
