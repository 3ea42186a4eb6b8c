import type { Client } from "@elastic/elasticsearch";
import { SYSTEM_PAUSE } from "@evently/shared/clock";
import { ask } from "./trouble.ts";

const POLL_MS = 10;
const SETTING = "index.blocks.write";

/** Blocks writes to indices, of every process; resolves when those under way are done. */
export async function seal(client: Client, index: string[]): Promise<void> {
  await ask(() => client.indices.addBlock({ index, block: "write" }));
}

/** Allows writes to indices again; missing indices are ignored. */
export async function unseal(client: Client, index: string | string[]): Promise<void> {
  await ask(() =>
    client.indices.putSettings({
      index,
      ignore_unavailable: true,
      allow_no_indices: true,
      settings: { [SETTING]: null },
    })
  );
}

/** Waits until the index behind an alias takes writes; unseals it after `sealLimitMs`, as its builder may have died. */
export async function untilUnsealed(
  client: Client,
  alias: string,
  { sealLimitMs }: { sealLimitMs: number },
): Promise<void> {
  const untilMs = performance.now() + sealLimitMs;
  while (await isSealed(client, alias)) {
    if (performance.now() > untilMs) return await unseal(client, alias);
    await SYSTEM_PAUSE(POLL_MS);
  }
}

async function isSealed(client: Client, alias: string): Promise<boolean> {
  const found = await ask(() =>
    client.indices.getSettings({
      index: alias,
      name: SETTING,
      flat_settings: true,
      ignore_unavailable: true,
    })
  );
  return Object.keys(found).length > 0;
}
