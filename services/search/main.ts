import { runService } from "@evently/shared/services";
import { openSearchService, searchSection } from "./mod.ts";

await runService({
  name: "search",
  section: searchSection,
  peers: ["event", "booking"],
  open: openSearchService,
});
