/** `deno task payments:reconcile`: compares every payment with its provider's books; fails if drift remains. */
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { loadConfig, stripeSection, withSecretFiles } from "@evently/shared/config";
import { RANDOM_IDS } from "@evently/shared/ids";
import { openProgramLog, runCommand, say } from "@evently/shared/output";
import { openPostgres, provideDatabase } from "@evently/shared/postgres";
import { boundedProvider } from "../bounded.ts";
import type { PaymentKey } from "../payment_store.ts";
import { postgresPaymentStore } from "../payment_sql.ts";
import { reconcilePayments, type ReconcilePaymentsDeps } from "../reconcile_payments.ts";

const TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 4;

/**
 * Reconciles all payments and tells the result.
 *
 * @param say writes a line
 * @returns how many a person must decide about
 */
export async function reconcileAll(
  deps: ReconcilePaymentsDeps,
  say: (line: string) => void,
): Promise<number> {
  const sum = { examined: 0, repaired: 0, unrepaired: 0 };
  let after: PaymentKey | undefined;
  do {
    const page = await reconcilePayments(deps, after);
    sum.examined += page.examined;
    sum.repaired += page.repaired;
    sum.unrepaired += page.unrepaired;
    after = page.next;
  } while (after);
  say(
    `${sum.examined} payments compared with ${deps.payments.name}: ${sum.repaired} repairs queued, ` +
      `${sum.unrepaired} to decide`,
  );
  return sum.unrepaired;
}

async function main(): Promise<number> {
  const env = withSecretFiles(Deno.env.toObject());
  const { stripe } = loadConfig(env, { stripe: stripeSection });
  if (!stripe) {
    say("The mock provider keeps no books: there is nothing to compare.");
    return 0;
  }
  const { StripeProvider } = await import("../stripe/stripe_provider.ts");
  const url = await provideDatabase(env, "bookings_db");
  const sql = openPostgres(url, { max: MAX_CONNECTIONS, name: "evently-payments-reconcile" });
  try {
    const left = await reconcileAll({
      payments: boundedProvider(new StripeProvider(stripe), TIMEOUT_MS),
      paymentStore: postgresPaymentStore(sql),
      clock: SYSTEM_CLOCK,
      ids: RANDOM_IDS,
      log: openProgramLog({ level: "info" }),
    }, say);
    return left > 0 ? 1 : 0;
  } finally {
    await sql.end();
  }
}

if (import.meta.main) await runCommand(main);
