import { runService } from "@evently/shared/services";
import { bookingSection } from "./config.ts";
import { openBookingService } from "./open.ts";

if (import.meta.main) {
  await runService({
    name: "booking",
    section: bookingSection,
    peers: ["event", "user"],
    open: openBookingService,
  });
}
