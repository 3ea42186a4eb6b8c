import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { PAGE_SIZE, webhooksQuery, type WebhookWithSecret } from "../api/webhooks.ts";
import { EmptyState } from "../parts/empty_state.tsx";
import { PageHead } from "../parts/page_head.tsx";
import { Pager } from "../parts/pager.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";
import { NewWebhook } from "./new_webhook.tsx";
import { SecretOnce } from "./secret_once.tsx";
import { WebhookTable } from "./webhook_table.tsx";

const route = getRouteApi("/console/webhooks");

/** Where the organiser has facts about their events posted to. */
export function WebhooksPage() {
  const { page = 1 } = route.useSearch();
  const { api } = useConsole();
  const { adminId, canChange } = useOrganiser();
  const { webhooks: texts } = useConsoleMessages();
  const { data } = useQuery(webhooksQuery(api, { adminId, page }));
  const dialog = useRef<HTMLDialogElement>(null);
  const [made, setMade] = useState<WebhookWithSecret>();

  function begin(): void {
    setMade(undefined);
    dialog.current?.showModal();
  }

  function finish(webhook: WebhookWithSecret): void {
    dialog.current?.close();
    setMade(webhook);
  }

  return (
    <div className="stack">
      <PageHead title={texts.title}>
        {canChange
          ? <button className="btn" type="button" onClick={begin}>{texts.add}</button>
          : null}
      </PageHead>
      <p className="measure">{texts.lead}</p>
      {made ? <SecretOnce secret={made.secret} onDone={() => setMade(undefined)} /> : null}
      {data?.total === 0
        ? (
          <EmptyState title={texts.none}>
            <p>{texts.noneText}</p>
          </EmptyState>
        )
        : <WebhookTable webhooks={data?.webhooks} />}
      <Pager
        page={page}
        total={data?.total}
        size={PAGE_SIZE}
        linkTo={(to, text) => (
          <Link to="/console/webhooks" search={to > 1 ? { page: to } : {}}>{text}</Link>
        )}
      />
      {canChange
        ? (
          <dialog className="ask" ref={dialog} aria-labelledby="new-webhook">
            <NewWebhook onMade={finish} onClose={() => dialog.current?.close()} />
          </dialog>
        )
        : null}
    </div>
  );
}
