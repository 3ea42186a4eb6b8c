import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useFormat } from "../../messages/use_messages.ts";
import {
  deliveriesQuery,
  PAGE_SIZE,
  retryDelivery,
  type WebhookDelivery,
  type WebhookScope,
  webhooksKey,
} from "../api/webhooks.ts";
import { EmptyState } from "../parts/empty_state.tsx";
import { OutcomeNote } from "../parts/outcome_note.tsx";
import { Pager } from "../parts/pager.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { useAction } from "../parts/use_action.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { DeliveryOutcome } from "./delivery_outcome.tsx";
import { useClockText } from "./use_clock_text.ts";

/** What a webhook was sent, newest first, and what became of it. */
export function Deliveries({ scope, page, canChange }: {
  scope: WebhookScope;
  page: number;
  canChange: boolean;
}) {
  const { api } = useConsole();
  const { webhooks: texts } = useConsoleMessages();
  const { number } = useFormat();
  const clockText = useClockText();
  const queryClient = useQueryClient();
  const { adminId, webhookId } = scope;
  const { data } = useQuery(deliveriesQuery(api, { ...scope, page }));
  const again = useAction(async (deliveryId: string) => {
    await retryDelivery(api, { webhookId, deliveryId });
    return texts.againDone;
  }, {
    refusals: { WEBHOOK_PAUSED: texts.refusedPaused },
    settled: () => queryClient.invalidateQueries({ queryKey: webhooksKey(adminId) }),
  });
  const columns: Column<WebhookDelivery>[] = [
    {
      key: "what",
      head: texts.what,
      isHead: true,
      cell: ({ topic }) => texts.topicNames[topic] ?? topic,
    },
    {
      key: "since",
      head: texts.since,
      cell: ({ created_at: at }) => <time className="nb" dateTime={at}>{clockText(at)}</time>,
    },
    {
      key: "became",
      head: texts.became,
      cell: (delivery) => <DeliveryOutcome delivery={delivery} />,
    },
    {
      key: "tries",
      head: texts.tries,
      cell: ({ attempts }) => attempts === 0 ? "–" : texts.tried(attempts, number(attempts)),
    },
    ...(canChange
      ? [{
        key: "again",
        head: texts.do,
        cell: ({ delivery_id: id, status }: WebhookDelivery) =>
          status === "pending"
            ? null
            : (
              <button className="link" type="button" onClick={() => void again.act(id)}>
                {texts.again}
              </button>
            ),
      }]
      : []),
  ];
  return (
    <section className="stack" aria-labelledby="deliveries">
      <h2 id="deliveries">{texts.deliveries}</h2>
      <OutcomeNote outcome={again.outcome} />
      {data?.total === 0
        ? (
          <EmptyState title={texts.noDeliveries}>
            <p>{texts.noDeliveriesText}</p>
          </EmptyState>
        )
        : (
          <Table
            caption={texts.deliveries}
            columns={columns}
            rows={data?.deliveries}
            keyOf={({ delivery_id }) => delivery_id}
          />
        )}
      <Pager
        page={page}
        total={data?.total}
        size={PAGE_SIZE}
        linkTo={(to, text) => (
          <Link
            to="/console/webhooks/$webhookId"
            params={{ webhookId }}
            search={to > 1 ? { page: to } : {}}
          >
            {text}
          </Link>
        )}
      />
      <p className="soft small">{texts.deliveriesHint}</p>
    </section>
  );
}
