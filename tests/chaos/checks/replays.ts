import type { Findings } from "../findings.ts";
import { reserve, type Shop } from "../load/purchase.ts";
import type { Buyer } from "../load/load.ts";

const SAMPLE = 200;
const CONCURRENCY = 10;

/** Checks that a sample of acknowledged reservations still returns the same answer for the same key. */
export async function checkReplays(shop: Shop): Promise<void> {
  const acknowledged = shop.journal.purchases.filter(({ reserved }) => reserved);
  for (let begin = 0; begin < Math.min(SAMPLE, acknowledged.length); begin += CONCURRENCY) {
    const sample = Array.from({ length: CONCURRENCY }, () => shop.random.pick(acknowledged));
    await Promise.all(sample.map((purchase) => reserve(shop, purchase)));
  }
}

/** Checks that each acknowledged account can log in. */
export async function checkAccounts(
  { http, findings }: Pick<Shop, "http"> & { findings: Findings },
  buyers: readonly Buyer[],
): Promise<void> {
  for (const { email, password, userId } of buyers) {
    const answer = await http.send({
      method: "POST",
      path: "/api/user/auth/login",
      body: { email, password },
    });
    if (answer?.status !== 200 || answer.body.user_id !== userId) {
      findings.add("an acknowledged account is lost", `${email}: ${JSON.stringify(answer)}`);
    }
  }
}
