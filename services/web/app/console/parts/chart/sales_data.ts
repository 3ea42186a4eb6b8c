import type { components } from "@evently/shared/client/gateway";

/** Sales over time, of one event or of all. */
export type SalesOverTime = Pick<
  components["schemas"]["EventSales"],
  "step" | "timezone" | "currencies"
>;
