import type { Language } from "@evently/shared/languages";
import type { Build } from "./built.ts";

/** What a page's document is put together from. */
export interface DocumentParts {
  build: Build;
  language: Language;
  /** Elements of the page's own, for the head. */
  head: string;
  html: string;
  state: unknown;
  /** Structured data for search engines. */
  jsonLd?: unknown;
  /** Whether the style sheet stands in the page, which saves the first visit a round trip. */
  inlineStyles: boolean;
  /** Source of a page that waits for its scripts, which are then all fetched along with the document. */
  shellOf: string | undefined;
  /** Whether it is a page of the console, which has styles, texts and a program of its own beside the others. */
  isConsole: boolean;
  /** Whether the page reloads itself after a change of its sources. */
  reloads: boolean;
}

/** Puts the whole document of a page together. */
export function documentOf(parts: DocumentParts): string {
  const { build, language, head, html, state, jsonLd, inlineStyles, shellOf, isConsole, reloads } =
    parts;
  const styles = inlineStyles
    ? `<style>${build.styles.text}</style>`
    : stylesAt(build.styles.path) + (isConsole ? stylesAt(build.consoleStyles) : "");
  const face = build.face
    ? `<link rel="preload" as="font" type="font/woff2" href="${build.face}" crossorigin>`
    : "";
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<meta name="color-scheme" content="light dark"><script src="${build.atLoad}"></script>${head}` +
    `<link rel="icon" href="/favicon.svg" type="image/svg+xml">` +
    `<link rel="manifest" href="/manifest.webmanifest">${face}${styles}` +
    (isConsole ? preloads(build.consoleScripts(language)) : "") +
    (shellOf === undefined ? "" : preloads(build.scriptsOf(shellOf))) +
    `<script type="module" fetchpriority="low" src="${build.script}"></script>` +
    build.messagesOf(language).map(textsAlong).join("") +
    (reloads ? `<script type="module" src="/dev/reload.js"></script>` : "") +
    (jsonLd === undefined ? "" : dataBlock("application/ld+json", jsonLd)) +
    `</head><body><div id="root">${html}</div>` +
    `${dataBlock("application/json", state, ' id="state"')}</body></html>`;
}

function stylesAt(path: string): string {
  return `<link rel="stylesheet" href="${path}">`;
}

/** A page with content is read while its program loads; a shell waits for it, so nothing is discovered late. */
function preloads(paths: readonly string[]): string {
  return paths.map((path) => `<link rel="modulepreload" href="${path}">`).join("");
}

/** The texts load along with the program, which else would ask for them once it runs. */
function textsAlong(path: string): string {
  return `<link rel="modulepreload" fetchpriority="low" href="${path}">`;
}

/** Data for scripts to read. Nothing in it can end the element: `<` is written as an escape of JSON. */
function dataBlock(type: string, data: unknown, attributes = ""): string {
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return `<script type="${type}"${attributes}>${json}</script>`;
}
