import type { PagePayments } from "../../state.ts";

/**
 * Lets a page go on whose document may load the script that takes payments; any other document is left for a new one
 * of that address, as a policy is a document's.
 */
export async function withPaymentPolicy(payments: PagePayments, href: string): Promise<void> {
  if (payments.provider === "mock" || payments.publishableKey !== undefined) return;
  location.assign(href);
  await new Promise(() => {});
}
