import { useFormat } from "../../messages/use_messages.ts";
import type { WebhookDelivery } from "../api/webhooks.ts";
import { useConsoleMessages } from "../use_console.ts";
import { useClockText } from "./use_clock_text.ts";

const KINDS = { delivered: "tag--ok", failed: "tag--bad", pending: "tag--info" } as const;

/** What became of a delivery: the answer, how long it took, and when it is tried again. */
export function DeliveryOutcome({ delivery }: { delivery: WebhookDelivery }) {
  const { webhooks: texts } = useConsoleMessages();
  const { number } = useFormat();
  const clockText = useClockText();
  const { status, response_status: answer, duration_ms: ms, response_start: said } = delivery;
  const { error, next_attempt_at: next, attempts } = delivery;
  const facts = [
    answer === undefined ? undefined : texts.answer(String(answer)),
    ms === undefined ? undefined : texts.took(number(ms)),
    status === "pending" && attempts > 0 && next ? texts.nextTry(clockText(next)) : undefined,
  ].filter((fact) => fact !== undefined);
  const spoken = [error, said].filter(Boolean).join("\n");
  return (
    <>
      <span className={`tag ${KINDS[status]}`}>{texts[status]}</span> {facts.join(", ")}
      {spoken === "" ? null : (
        <details>
          <summary>{texts.said}</summary>
          <pre className="said" lang="en">{spoken}</pre>
        </details>
      )}
    </>
  );
}
