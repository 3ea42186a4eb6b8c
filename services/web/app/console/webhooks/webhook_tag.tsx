import type { Webhook } from "../api/webhooks.ts";
import { useConsoleMessages } from "../use_console.ts";

/** Whether a webhook is sent to. */
export function WebhookTag({ webhook: { status, failing_since: failing } }: { webhook: Webhook }) {
  const { webhooks: texts } = useConsoleMessages();
  if (status === "paused") return <span className="tag tag--bad">{texts.paused}</span>;
  return failing
    ? <span className="tag tag--warn">{texts.failing}</span>
    : <span className="tag tag--ok">{texts.active}</span>;
}
