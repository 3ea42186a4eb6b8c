import { runService } from "@evently/shared/services";
import { userSection } from "./config.ts";
import { openUserService } from "./open.ts";

if (import.meta.main) {
  await runService({
    name: "user",
    section: userSection,
    peers: ["booking"],
    open: openUserService,
  });
}
