import { html } from "hono/html";
import { common } from "../app/messages/en/common.ts";
import { pagePolicy } from "./page_policy.ts";

/** The page for a failure while another one was rendered: it needs neither the components nor the build. */
export function brokenPage(requestId: string) {
  const { broken, tryAgain } = common;
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <title>${broken.title}</title>
      </head>
      <body>
        <main>
          <h1>${broken.title}</h1>
          <p>${broken.text}</p>
          <p><a href="">${tryAgain}</a> · <a href="/events">${broken.toEvents}</a></p>
          <p><small>${broken.number(requestId)}</small></p>
        </main>
      </body>
    </html>
  `;
}

/** Headers of {@link brokenPage}. */
export const BROKEN_HEADERS = {
  "Content-Security-Policy": pagePolicy(),
  "Cache-Control": "private, no-store",
  Vary: "Accept",
};
