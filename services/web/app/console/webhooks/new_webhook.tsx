import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ErrorSummary, type FormError } from "../../parts/error_summary.tsx";
import { Field } from "../../parts/field.tsx";
import { createWebhook, webhooksKey, type WebhookWithSecret } from "../api/webhooks.ts";
import { OutcomeNote } from "../parts/outcome_note.tsx";
import { useAction } from "../parts/use_action.ts";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useOrganiser } from "../use_organiser.ts";
import { TopicChoice } from "./topic_choice.tsx";
import { readWebhookForm, type WebhookInput } from "./read_webhook_form.ts";

const DESCRIPTION_CHARS_MAX = 200;

/** Makes a webhook of an address and of what it is to tell. */
export function NewWebhook({ onMade, onClose }: {
  onMade: (webhook: WebhookWithSecret) => void;
  onClose: () => void;
}) {
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const { webhooks: texts } = useConsoleMessages();
  const queryClient = useQueryClient();
  const [errors, setErrors] = useState<FormError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const errorAt = (name: string) => errors.find(({ field }) => field === name)?.text;
  const create = useAction(async (input: WebhookInput) => {
    onMade(await createWebhook(api, { ...input, status: "active" }));
    return undefined;
  }, {
    refusals: { VALIDATION_FAILED: texts.urlRefused, WEBHOOK_LIMIT_REACHED: texts.limit },
    settled: () => queryClient.invalidateQueries({ queryKey: webhooksKey(adminId) }),
  });

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const input = readWebhookForm(event.currentTarget);
    const wrong: FormError[] = [];
    if (!/^https?:\/\/./i.test(input.url)) wrong.push({ field: "url", text: texts.urlMissing });
    if (input.topics.length === 0) wrong.push({ field: "topics", text: texts.topicsMissing });
    setErrors(wrong);
    setAttempt((count) => count + 1);
    if (wrong.length === 0) void create.act(input);
  }

  return (
    <form className="stack" noValidate onSubmit={submit}>
      <h2 id="new-webhook">{texts.addTitle}</h2>
      <ErrorSummary errors={errors} attempt={attempt} />
      <OutcomeNote outcome={create.outcome} />
      <Field
        name="url"
        label={texts.url}
        hint={texts.urlHint}
        error={errorAt("url")}
        type="url"
        autoComplete="off"
      />
      <Field
        name="description"
        label={texts.description}
        hint={texts.descriptionHint}
        maxLength={DESCRIPTION_CHARS_MAX}
        autoComplete="off"
      />
      <TopicChoice error={errorAt("topics")} />
      <div className="row-of-buttons">
        <button className="btn" type="submit" aria-busy={create.busy}>
          {create.busy ? texts.creating : texts.create}
        </button>
        <button className="btn btn--second" type="button" onClick={onClose}>
          {texts.keepAsItIs}
        </button>
      </div>
    </form>
  );
}
