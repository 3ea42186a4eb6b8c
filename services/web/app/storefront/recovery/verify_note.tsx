import { useState } from "react";
import { sendVerification } from "../../api/recovery.ts";
import { useMessages } from "../../messages/use_messages.ts";
import { Note } from "../../parts/note.tsx";
import { useApp } from "../../use_app.ts";
import { TooManyTries } from "../login/too_many_tries.tsx";
import { useSubmit } from "../login/use_submit.ts";

/** Tells the reader that their address is not verified, and sends the mail again. */
export function VerifyNote({ email }: { email: string }) {
  const { api } = useApp();
  const { recovery } = useMessages();
  const [isSent, setSent] = useState(false);
  const sending = useSubmit<void>(async () => {
    await sendVerification(api);
    setSent(true);
  }, {});
  const { busy, secondsLeft } = sending;
  const isAsleep = busy || secondsLeft > 0;
  const text = isSent ? recovery.verificationSent(email) : recovery.notVerified(email);
  return (
    <>
      <Note kind={isSent ? "ok" : "info"}>
        <span role="status">{sending.errors[0]?.text ?? text}</span>{" "}
        <button
          className="link"
          type="button"
          aria-busy={busy}
          aria-disabled={isAsleep}
          onClick={() => isAsleep || void sending.submit()}
        >
          {busy ? recovery.sending : recovery.sendAgain}
        </button>
      </Note>
      <TooManyTries secondsLeft={secondsLeft} />
    </>
  );
}
