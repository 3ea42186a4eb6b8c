/**
 * Runs `work` for each item, at most `atOnce` at a time. After a failure it starts no other item, waits for the items
 * under way, and throws the first error.
 */
export async function inParallel<Item>(
  items: readonly Item[],
  { atOnce }: { atOnce: number },
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  let failed = false;
  async function runLane(): Promise<void> {
    for (const item of rest) {
      if (failed) return;
      await work(item).catch((error) => {
        failed = true;
        throw error;
      });
    }
  }
  const lanes = Array.from({ length: Math.min(atOnce, items.length) }, runLane);
  const results = await Promise.allSettled(lanes);
  for (const result of results) if (result.status === "rejected") throw result.reason;
}
