import type { Environment } from "@evently/shared/config";
import { html, raw } from "hono/html";
import { SEED_ACCOUNTS } from "../seed_accounts.ts";
import { curlOf, type Example, EXAMPLES } from "./examples.ts";
import { FAVICON_PATH } from "./favicon.ts";
import { inlineSource, policyOf } from "./policy.ts";

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --accent: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --accent: #ff8a7a; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 3rem auto; padding: 0 1.25rem; }
h1 { font-size: 2.2rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; }
a { color: var(--accent); } .lead { margin-top: .3rem; font-size: 1.1rem; }
table { border-collapse: collapse; } td, th { padding: .2rem 1.2rem .2rem 0; text-align: left; }
code { font: 13px/1.5 ui-monospace, monospace; }
dl { margin: 0; } dt { font-weight: 600; margin-top: .9rem; }
dd { margin: .2rem 0 0; border-left: 3px solid var(--line); padding-left: .7rem; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

/** What a browser may load for the page: its own style and its icon. */
export const WELCOME_POLICY = policyOf({
  "img-src": ["'self'"],
  "style-src": [inlineSource(STYLE)],
});

/** The page at `/` for people: what this is, and where to go on. */
export function welcomePage({ origin, environment }: { origin: string; environment: Environment }) {
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Evently</title>
        <link rel="icon" href="${FAVICON_PATH}" type="image/svg+xml">
        <style>${raw(STYLE)}</style>
      </head>
      <body>
    <h1>Evently</h1>
    <p class="lead">Event ticketing that sells the last seat once.</p>
    <p><a href="/docs">API reference</a> · <a href="/openapi.json">OpenAPI document</a> ·
    <a href="/health/ready">Health</a></p>
    ${environment === "development" ? accounts() : ""}
    <h2>Try it</h2>
    <dl>${EXAMPLES.map((example) => entry(example, origin))}</dl>
      </body>
    </html>
  `;
}

function accounts() {
  return html`<h2>Accounts to log in with</h2>
<table>
<tr><th>E-mail</th><th>Password</th><th>Kind</th></tr>
${
    SEED_ACCOUNTS.map(({ email, password, kind }) =>
      html`
        <tr>
          <td><code>${email}</code></td>
          <td><code>${password}</code></td>
          <td>${kind}</td>
        </tr>
      `
    )
  }
</table>`;
}

function entry(example: Example, origin: string) {
  return html`
    <dt>${example.does}</dt>
    <dd><code>${curlOf(example, origin)}</code></dd>
  `;
}
