import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import type { InlineConfig } from "vite";
import { precompress } from "./compress.ts";

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Vite's configuration, passed by its API: a config file would be bundled and written beside the sources. Entries are the
 * browser's program, what pages do before it has come, the one style sheet, and the service worker of ticket pages; `dist/manifest.json` names what became of them.
 */
export function viteConfig(): InlineConfig {
  return {
    configFile: false,
    root: file(".."),
    base: "/assets/",
    plugins: [react(), precompress()],
    publicDir: false,
    // Modules of the workspace that run in the browser, too: Vite knows no import map.
    resolve: {
      alias: [{
        find: /^@evently\/shared\/(languages|money|stripe_amounts)$/,
        replacement: file("../../../shared/$1.ts"),
      }],
    },
    logLevel: "warn",
    build: {
      outDir: "dist",
      emptyOutDir: true,
      assetsDir: "",
      assetsInlineLimit: 0,
      manifest: "manifest.json",
      cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: {
          app: file("../app/client.tsx"),
          css: file("../styles/main.css"),
          console_css: file("../styles/console.css"),
          at_load: file("../app/at_load/main.ts"),
          ticket_worker: file("../worker/ticket_worker.ts"),
        },
        output: {
          entryFileNames: ({ name }) => name === "ticket_worker" ? "[name].js" : "[name]-[hash].js",
        },
      },
    },
  };
}
