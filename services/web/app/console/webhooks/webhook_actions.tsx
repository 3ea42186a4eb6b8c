import { useQueryClient } from "@tanstack/react-query";
import {
  pingWebhook,
  requestNewSecret,
  setWebhookStatus,
  type Webhook,
  webhooksKey,
} from "../api/webhooks.ts";
import { ActButton } from "../parts/act_button.tsx";
import { oneOutcome } from "../parts/one_outcome.ts";
import { OutcomeNote } from "../parts/outcome_note.tsx";
import { useAction } from "../parts/use_action.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";
import { DeleteWebhook } from "./delete_webhook.tsx";

/** What can be done with a webhook. */
export function WebhookActions({ webhook, onSecret }: {
  webhook: Webhook;
  onSecret: (secret: string) => void;
}) {
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const { webhooks: texts } = useConsoleMessages();
  const queryClient = useQueryClient();
  const settled = () => queryClient.invalidateQueries({ queryKey: webhooksKey(adminId) });
  const refusals = { WEBHOOK_PAUSED: texts.refusedPaused };
  const { webhook_id: id, status } = webhook;
  const isPaused = status === "paused";
  const ping = useAction(async () => {
    await pingWebhook(api, id);
    return texts.pinged;
  }, { refusals, settled });
  const turn = useAction(async () => {
    await setWebhookStatus(api, id, { status: isPaused ? "active" : "paused" });
    return isPaused ? texts.resumedNow : texts.pausedNow;
  }, { settled });
  const rotate = useAction(async () => {
    onSecret((await requestNewSecret(api, id)).secret);
    return undefined;
  }, { settled });
  const { actions, outcome } = oneOutcome({ ping, turn, rotate });
  return (
    <div className="stack">
      <OutcomeNote outcome={outcome} />
      <div className="row-of-buttons">
        {isPaused ? null : (
          <ActButton action={actions.ping} doing={texts.pinging} kind="first">
            {texts.ping}
          </ActButton>
        )}
        <ActButton action={actions.turn} doing={texts.pausing}>
          {isPaused ? texts.resume : texts.pause}
        </ActButton>
        <ActButton action={actions.rotate} doing={texts.rotating}>{texts.rotate}</ActButton>
        <DeleteWebhook webhookId={id} />
      </div>
    </div>
  );
}
