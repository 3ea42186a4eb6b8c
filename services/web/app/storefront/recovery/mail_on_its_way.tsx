import { useMessages } from "../../messages/use_messages.ts";
import { ErrorSummary } from "../../parts/error_summary.tsx";
import { Note } from "../../parts/note.tsx";
import { TooManyTries } from "../login/too_many_tries.tsx";
import type { useSubmit } from "../login/use_submit.ts";
import type { Address } from "./forgot_form.tsx";

/**
 * Says that a mail was asked for, the same for known and unknown addresses, and sends it again. Its link works for `linkS`
 * seconds.
 */
export function MailOnItsWay({ email, linkS, isRepeated, sending, onOther }: {
  email: string;
  linkS: number;
  isRepeated: boolean;
  sending: ReturnType<typeof useSubmit<Address>>;
  onOther: () => void;
}) {
  const { recovery } = useMessages();
  const { busy, secondsLeft } = sending;
  const isAsleep = busy || secondsLeft > 0;
  return (
    <>
      <ErrorSummary errors={sending.errors} attempt={sending.attempt} />
      <Note kind="ok" role="status">
        {isRepeated ? recovery.sentAgain : recovery.sent(email, linkS)}
      </Note>
      <p>{recovery.spam}</p>
      <TooManyTries secondsLeft={secondsLeft} />
      <div className="row-of-buttons">
        <button
          className="btn btn--second"
          type="button"
          aria-busy={busy}
          aria-disabled={isAsleep}
          onClick={() => isAsleep || void sending.submit({ email })}
        >
          {busy ? recovery.sending : recovery.sendAgain}
        </button>
        <button
          className="btn btn--second"
          type="button"
          onClick={() => {
            sending.forget();
            onOther();
          }}
        >
          {recovery.otherAddress}
        </button>
      </div>
    </>
  );
}
