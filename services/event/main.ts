import { runService } from "@evently/shared/services";
import { eventSection } from "./config.ts";
import { openEventService } from "./open.ts";

if (import.meta.main) {
  await runService({
    name: "event",
    section: eventSection,
    peers: ["search", "booking"],
    open: openEventService,
  });
}
