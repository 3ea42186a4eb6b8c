import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useFormat } from "../../messages/use_messages.ts";
import { Note } from "../../parts/note.tsx";
import { type Webhook, webhookQuery } from "../api/webhooks.ts";
import { NotFoundInConsole } from "../frame/not_found_in_console.tsx";
import { PageHead } from "../parts/page_head.tsx";
import { useConsole, useConsoleMessages } from "../use_console.ts";
import { useMayChange } from "../use_may_change.ts";
import { useOrganiser } from "../use_organiser.ts";
import { Deliveries } from "./deliveries.tsx";
import { SecretOnce } from "./secret_once.tsx";
import { useClockText } from "./use_clock_text.ts";
import { WebhookActions } from "./webhook_actions.tsx";
import { WebhookTag } from "./webhook_tag.tsx";

const route = getRouteApi("/console/webhooks/$webhookId");

/** One webhook: how it stands, what it was sent, and what came back. */
export function WebhookPage() {
  const { webhookId } = route.useParams();
  const { page = 1 } = route.useSearch();
  const { api } = useConsole();
  const { adminId } = useOrganiser();
  const { webhooks: texts } = useConsoleMessages();
  const scope = { adminId, webhookId };
  const { data: webhook } = useQuery(webhookQuery(api, scope));
  const mayChange = useMayChange(webhook?.organisation_id);
  const [secret, setSecret] = useState<string>();
  if (webhook === null) return <NotFoundInConsole />;
  return (
    <div className="stack">
      <PageHead
        title={webhook?.description ?? texts.one}
        before={<Link to="/console/webhooks">{texts.all}</Link>}
        beside={webhook ? <WebhookTag webhook={webhook} /> : null}
      />
      {webhook
        ? (
          <>
            <WebhookFacts webhook={webhook} />
            {secret
              ? <SecretOnce secret={secret} isRotated onDone={() => setSecret(undefined)} />
              : null}
            {mayChange ? <WebhookActions webhook={webhook} onSecret={setSecret} /> : null}
          </>
        )
        : <div className="skeleton console__skeleton" aria-hidden="true" />}
      <Deliveries
        scope={scope}
        page={page}
        canChange={mayChange === true && webhook?.status === "active"}
      />
    </div>
  );
}

function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const { webhooks: texts } = useConsoleMessages();
  const { number } = useFormat();
  const clockText = useClockText();
  const { topics, paused_because: because, failing_since: failing } = webhook;
  const { previous_secret_until: previousUntil } = webhook;
  return (
    <>
      {because
        ? <Note kind="bad">{because === "gone" ? texts.pausedGone : texts.pausedFailing}</Note>
        : failing
        ? <Note kind="warn">{texts.failingSince(clockText(failing))}</Note>
        : null}
      <dl className="known">
        <div>
          <dt>{texts.address}</dt>
          <dd className="address">{webhook.url}</dd>
        </div>
        <div>
          <dt>{texts.tells}</dt>
          <dd>
            <details>
              <summary>{texts.topicCount(topics.length, number(topics.length))}</summary>
              <ul>
                {topics.map((topic) => <li key={topic}>{texts.topicNames[topic] ?? topic}</li>)}
              </ul>
            </details>
          </dd>
        </div>
      </dl>
      {previousUntil
        ? <p className="soft">{texts.previousUntil(clockText(previousUntil))}</p>
        : null}
    </>
  );
}
