/**
 * The rehearsal itself; `main.ts` runs it in the engine's network. Arguments: a directory for its copy of the checkout, and
 * words of the steps to take besides the start; all if there is none.
 */
import { runCommand, say } from "@evently/shared/output";
import { copyCheckout, openSite, type Site } from "./site.ts";
import {
  backUpAndRestore,
  destroyAll,
  killEach,
  lookIntoRedis,
  readMetrics,
  resetWithSecretFiles,
  runJourneys,
  scaleToTwo,
  sendMails,
  showAndStop,
  startFromNothing,
  type Step,
  tryMistakes,
  watchPrograms,
} from "./steps.ts";

const MAX_WARNINGS = 30;

const STEPS: Readonly<Record<string, Step>> = {
  "mistakes of an operator": tryMistakes,
  "deploy:full": startFromNothing,
  "journeys from outside": runJourneys,
  "Redis": lookIntoRedis,
  "metrics": readMetrics,
  "metrics by Prometheus": watchPrograms,
  "each container killed": killEach,
  "two of booking and event": scaleToTwo,
  "deploy:backup and deploy:restore": backUpAndRestore,
  "deploy:status, :logs, :stop": showAndStop,
  "mails by SMTP": sendMails,
  "deploy:reset, secrets from files": resetWithSecretFiles,
  "deploy:destroy": destroyAll,
};

const ALWAYS: ReadonlySet<Step> = new Set([tryMistakes, startFromNothing]);

async function main(): Promise<void> {
  const [directory = ".", ...words] = Deno.args;
  const root = await copyCheckout(directory);
  const site = openSite(root);
  try {
    for (const [name, step] of Object.entries(STEPS)) {
      const isAsked = words.length === 0 || words.some((word) => name.includes(word));
      if (!isAsked && !ALWAYS.has(step)) continue;
      const startedMs = performance.now();
      const told = await step(site).catch(async (error) => {
        say(await lastWords(site));
        throw new Error(`${name}: ${textOf(error)}`, { cause: error });
      });
      say(`${name} (${Math.round((performance.now() - startedMs) / 1_000)} s): ${told}`);
    }
  } finally {
    await site.compose("down", "--volumes", "--remove-orphans").catch(() => {});
    await Deno.remove(root, { recursive: true });
  }
}

/** What an error and its causes say. */
function textOf(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  return cause === undefined ? message : `${message}: ${textOf(cause)}`;
}

/** The containers, and what they warned of last. */
async function lastWords(site: Site): Promise<string> {
  const containers = await site.docker("ps", "--all").catch(() => "");
  const logs = await site.compose("logs", "--no-color").catch(() => "");
  const warnings = logs.split("\n").filter((line) =>
    /"level":"(warn|error)"|FATAL|ERROR/.test(line)
  );
  return [containers, ...warnings.slice(-MAX_WARNINGS)].join("\n");
}

if (import.meta.main) await runCommand(main);
