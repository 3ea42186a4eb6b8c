import type { Webhook } from "../api/webhooks.ts";
import { useConsoleMessages } from "../use_console.ts";

/** Whether a webhook is sent to. */
export function WebhookTag({ webhook: { status, failing_since: failing } }: { webhook: Webhook }) {
  const { webhooks: texts } = useConsoleMessages();
  const kind = status === "paused" ? "tag--bad" : failing ? "tag--warn" : "tag--ok";
  return <span className={`tag ${kind}`}>{status === "paused" ? texts.paused : texts.active}</span>;
}
