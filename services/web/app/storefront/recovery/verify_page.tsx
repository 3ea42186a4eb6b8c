import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { verifyEmail } from "../../api/recovery.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { ErrorSummary } from "../../parts/error_summary.tsx";
import { Note } from "../../parts/note.tsx";
import { useApp } from "../../use_app.ts";
import { Gate } from "../login/gate.tsx";
import { SubmitButton } from "../login/submit_button.tsx";
import { TooManyTries } from "../login/too_many_tries.tsx";
import { useSubmit } from "../login/use_submit.ts";
import { LostLink } from "./lost_link.tsx";
import { NewVerification } from "./new_verification.tsx";
import { useLinkToken } from "./use_link_token.ts";

const route = getRouteApi("/verify");

/**
 * Verifies an e-mail address by the link of a mail. It takes a press, so that programs that open the links of mails do
 * not use it up.
 */
export function VerifyPage() {
  const { account = "user" } = route.useSearch();
  const token = useLinkToken();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const { recovery } = useMessages();
  const [used, setUsed] = useState<{ token: string; isVerified: boolean }>();
  const sending = useSubmit<void>(async () => {
    if (!token) return;
    const isVerified = await verifyEmail(api, account, token);
    if (isVerified) void queryClient.invalidateQueries({ queryKey: ["profile"] });
    setUsed({ token, isVerified });
  }, {});
  if (token === null) {
    return (
      <LostLink title={recovery.noLinkTitle} text={recovery.noVerifyLink}>
        <NewVerification kind={account} />
      </LostLink>
    );
  }
  const outcome = used?.token === token ? used : undefined;
  if (!outcome) {
    return (
      <Gate title={recovery.verifyTitle} hasErrors={sending.errors.length > 0}>
        <form
          className="stack"
          method="post"
          onSubmit={(event) => {
            event.preventDefault();
            void sending.submit();
          }}
        >
          <ErrorSummary errors={sending.errors} attempt={sending.attempt} />
          <p>{recovery.verifyHint}</p>
          <TooManyTries secondsLeft={sending.secondsLeft} />
          <SubmitButton text={recovery.verify} busyText={recovery.verifying} {...sending} />
        </form>
      </Gate>
    );
  }
  if (!outcome.isVerified) {
    return (
      <LostLink title={recovery.deadTitle} text={recovery.deadLink}>
        <NewVerification kind={account} />
      </LostLink>
    );
  }
  return (
    <Gate title={recovery.verifiedTitle} hasErrors={false}>
      <Note kind="ok">
        {account === "organiser" ? recovery.verifiedOrganiser : recovery.verified}
      </Note>
      {account === "organiser"
        ? null
        : <Link className="btn btn--wide" to="/events">{recovery.toEvents}</Link>}
    </Gate>
  );
}
