/** What the dashboard and the alerts ask Prometheus. */
import { parse } from "yaml";

/** A rule of `alerts.yml`. */
export interface Alert {
  alert: string;
  expr: string;
  annotations: { summary: string; runbook: string };
}

/** Returns the alerts. */
export async function readAlerts(): Promise<Alert[]> {
  return parse(await readText("alerts.yml")).groups
    .flatMap(({ rules }: { rules: Alert[] }) => rules);
}

/** Returns the queries of all panels. Grafana puts an interval in the place of `$__rate_interval`. */
export async function readDashboardQueries(): Promise<string[]> {
  const { panels } = JSON.parse(await readText("grafana/dashboard.json"));
  return panels.flatMap(
    ({ targets = [] }: { targets?: { expr: string }[] }) => targets.map(({ expr }) => expr),
  );
}

/** The series that a query selects, as it names them: `evently_queued`, `up{job="evently"}`. */
export function selectorsOf(query: string): string[] {
  return query.match(/\b(?:(?:evently|process)_\w+|up(?=\{))(?:\{[^}]*\})?/g) ?? [];
}

function readText(name: string): Promise<string> {
  return Deno.readTextFile(new URL(`../${name}`, import.meta.url));
}
