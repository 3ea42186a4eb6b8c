import { createRoutes, inlineSource, policyOf } from "@evently/shared/http";
import type { KeptMail, Mailbox } from "@evently/shared/mail";
import { html, raw } from "hono/html";
import { FAVICON_PATH } from "../pages/favicon.ts";

const PATH = "/dev/mail";

const STYLE = `
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem; font: 1.0625rem/1.45 system-ui, sans-serif; color: #17131f; background: #fff }
a { color: inherit }
h1 { line-height: 1.1; overflow-wrap: anywhere }
li { border-top: 1px solid #dfdae6; padding: .75rem 0 }
ul { list-style: none; padding: 0 }
.soft { color: #575064 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem }
dd { margin: 0; overflow-wrap: anywhere }
iframe { width: 100%; height: 48rem; border: 1px solid #dfdae6 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f5f3f8; padding: 1rem }
`;

const POLICY = policyOf({
  "style-src": [inlineSource(STYLE)],
  "frame-src": ["'self'"],
  "img-src": ["'self'"],
});

/** A mail runs no script, loads nothing and belongs to no origin; its links open new pages. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** `/dev/mail`: the mails of development, which are kept instead of sent. */
export function mailboxRoutes(mailbox: Pick<Mailbox, "list">) {
  const routes = createRoutes();
  const find = async (id: string) => (await mailbox.list()).find((mail) => mail.messageId === id);

  routes.use(`${PATH}/*`, async (c, next) => {
    await next();
    c.header("Cache-Control", "no-store");
  });
  routes.get(PATH, async (c) => {
    c.header("Content-Security-Policy", POLICY);
    return c.html(page("Mails", list(await mailbox.list())));
  });
  routes.get(`${PATH}/:id`, async (c) => {
    const mail = await find(c.req.param("id"));
    if (!mail) return c.notFound();
    c.header("Content-Security-Policy", POLICY);
    return c.html(page(mail.subject, detail(mail)));
  });
  routes.get(`${PATH}/:id/html`, async (c) => {
    const mail = await find(c.req.param("id"));
    if (!mail) return c.notFound();
    c.header("Content-Security-Policy", MAIL_POLICY);
    c.header("X-Frame-Options", "SAMEORIGIN");
    return c.html(mail.html);
  });
  routes.get(`${PATH}/:id/files/:n`, async (c) => {
    const mail = await find(c.req.param("id"));
    const file = mail?.attachments?.[Number(c.req.param("n"))];
    if (!file) return c.notFound();
    c.header("Content-Type", "application/octet-stream");
    c.header("Content-Disposition", `attachment; filename="${encodeURIComponent(file.filename)}"`);
    return c.body(file.content);
  });
  return routes;
}

function list(mails: readonly KeptMail[]) {
  if (mails.length === 0) return html`<p>No mail yet.</p>`;
  return html`<ul>${
    mails.map((mail) =>
      html`<li><a href="${pathOf(mail)}">${mail.subject}</a>
      <div class="soft">to ${mail.to}, ${mail.sentAt.toISOString()}</div></li>`
    )
  }</ul>`;
}

function detail(mail: KeptMail) {
  const path = pathOf(mail);
  const files = mail.attachments ?? [];
  return html`
    <p><a href="${PATH}">All mails</a></p>
    <dl>
      <dt>From</dt><dd>${mail.from.name} &lt;${mail.from.address}&gt;</dd>
      <dt>To</dt><dd>${mail.to}</dd>
      <dt>Sent</dt><dd>${mail.sentAt.toISOString()}</dd>
      <dt>Message-ID</dt><dd>${mail.messageId}</dd>
      ${files.map((file, n) =>
        html`
          <dt>File</dt>
          <dd><a href="${path}/files/${n}">${file.filename}</a></dd>
        `
      )}
    </dl>
    <h2>HTML</h2>
    <iframe title="The mail as HTML" src="${path}/html"
      sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
    <h2>Text</h2>
    <pre>${mail.text}</pre>
  `;
}

function pathOf({ messageId }: KeptMail): string {
  return `${PATH}/${encodeURIComponent(messageId)}`;
}

function page(title: string, content: ReturnType<typeof html>) {
  return html`
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${title}</title>
        <link rel="icon" href="${FAVICON_PATH}" type="image/svg+xml">
        <style>${raw(STYLE)}</style>
      </head>
      <body>
        <main><h1>${title}</h1>${content}</main>
      </body>
    </html>
  `;
}
