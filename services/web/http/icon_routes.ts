import { DomainError } from "@evently/shared/errors";
import { createRoutes } from "@evently/shared/http";

/** Sizes of the icon for home screens, in pixels. */
const SIZES = ["192", "512"];

/** `/icons/{size}.png`: the icon of the installed application. */
export function iconRoutes() {
  const routes = createRoutes();
  routes.get("/icons/:file", async (c) => {
    const size = SIZES.find((size) => c.req.param("file") === `${size}.png`);
    if (size === undefined) throw new DomainError("NOT_FOUND");
    c.header("Content-Type", "image/png");
    c.header("Cache-Control", "public, max-age=604800");
    return c.body(await Deno.readFile(new URL(`../icons/${size}.png`, import.meta.url)));
  });
  return routes;
}
