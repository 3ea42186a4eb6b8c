import { Link } from "@tanstack/react-router";
import { useFormat } from "../../messages/use_messages.ts";
import type { Webhook } from "../api/webhooks.ts";
import { type Column, Table } from "../parts/table.tsx";
import { useConsoleMessages } from "../use_console.ts";
import { WebhookTag } from "./webhook_tag.tsx";

/** Webhooks, each the way to its deliveries. */
export function WebhookTable({ webhooks }: {
  /** `undefined`: not known yet. */
  webhooks: readonly Webhook[] | undefined;
}) {
  const { webhooks: texts } = useConsoleMessages();
  const { number } = useFormat();
  const columns: Column<Webhook>[] = [
    {
      key: "address",
      head: texts.address,
      isHead: true,
      cell: ({ webhook_id: webhookId, url, description }) => (
        <>
          <Link className="address" to="/console/webhooks/$webhookId" params={{ webhookId }}>
            {url}
          </Link>
          {description ? <span className="soft xs">{description}</span> : null}
        </>
      ),
    },
    {
      key: "tells",
      head: texts.tells,
      cell: ({ topics }) => texts.topicCount(topics.length, number(topics.length)),
    },
    { key: "state", head: texts.state, cell: (webhook) => <WebhookTag webhook={webhook} /> },
  ];
  return (
    <Table
      caption={texts.title}
      columns={columns}
      rows={webhooks}
      keyOf={({ webhook_id }) => webhook_id}
    />
  );
}
