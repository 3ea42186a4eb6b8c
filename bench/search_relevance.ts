/**
 * `deno task relevance`: prints nDCG@10 of judged queries over a generated catalogue of 5,000 events and the queries with
 * low scores, for the embedded engine, and for Elasticsearch if `ELASTICSEARCH_URL` is set.
 */
import { SILENT_LOGGER } from "@evently/shared/log";
import { openEmbedded, openSearchIndex } from "../services/search/index/open.ts";
import type { SearchIndex } from "../services/search/index/search_index.ts";
import type { SearchDocument } from "../services/search/index/document.ts";
import { dropIndices, elasticsearchConfig, eventQuery } from "../services/search/testing/world.ts";
import { generateCatalogue } from "./search/catalogue.ts";
import { gradeOf, JUDGED_QUERIES, type JudgedQuery } from "./search/judged_queries.ts";

const EVENTS = 5_000;
const DEPTH = 10;
const GOOD_ENOUGH = 0.9;
const NOW = new Date("2026-11-01T12:00:00Z");

interface Judgement extends JudgedQuery {
  ndcg: number;
  first: string | undefined;
}

function gain(grades: readonly number[]): number {
  return grades.slice(0, DEPTH)
    .reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
}

async function judge(
  index: SearchIndex,
  catalogue: readonly SearchDocument[],
  query: JudgedQuery,
): Promise<Judgement> {
  const page = await index.search(eventQuery({ text: query.text, now: NOW, limit: DEPTH }));
  const found = page.hits.map(({ document }) => gradeOf(document, query.wish));
  const ideal = catalogue.map((event) => gradeOf(event, query.wish)).toSorted((a, b) => b - a);
  if (ideal[0] === 0) throw new Error(`no event answers ${query.text}`);
  return { ...query, ndcg: gain(found) / gain(ideal), first: page.hits[0]?.document.name };
}

async function report(index: SearchIndex, catalogue: readonly SearchDocument[]): Promise<void> {
  await index.apply(catalogue.map((document) => {
    return { eventId: document.eventId, change: document.version, document };
  }));
  const judged: Judgement[] = [];
  for (const query of JUDGED_QUERIES) judged.push(await judge(index, catalogue, query));
  const mean = judged.reduce((sum, { ndcg }) => sum + ndcg, 0) / judged.length;
  const failures = judged.filter(({ ndcg }) => ndcg < GOOD_ENOUGH);
  say(
    `${index.engine}: nDCG@${DEPTH} ${mean.toFixed(3)} over ${judged.length} queries, ` +
      `${failures.length} below ${GOOD_ENOUGH}`,
  );
  for (const { text, ndcg, first = "nothing" } of failures.toSorted((a, b) => a.ndcg - b.ndcg)) {
    say(`  ${ndcg.toFixed(3)}  ${text}  (first: ${first})`);
  }
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

const catalogue = generateCatalogue(EVENTS, { now: NOW });
await report(await openEmbedded(), catalogue);
const url = Deno.env.get("ELASTICSEARCH_URL");
if (url) {
  const config = elasticsearchConfig(url);
  const index = await openSearchIndex(config, { log: SILENT_LOGGER });
  try {
    await report(index, catalogue);
  } finally {
    await index.close();
    await dropIndices(config);
  }
}
