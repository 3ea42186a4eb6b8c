import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { proofQuery, type SeatProof } from "../../api/events.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { useApp } from "../../use_app.ts";
import { isProven } from "../proof/is_proven.ts";

/** One sentence about the ledger, with the numbers that are known, and the way to the proof. */
export function ProofNote({ eventId }: { eventId: string }) {
  const { api } = useApp();
  const { event: texts } = useMessages();
  const { data: proof } = useQuery(proofQuery(api, eventId));
  const link = <Link to="/events/$eventId/proof" params={{ eventId }}>{texts.proofLink}</Link>;
  return (
    <div className="proof-note">
      <svg viewBox="0 0 44 44" fill="none" stroke="currentColor" strokeWidth="3" aria-hidden="true">
        <path d="M4 12h36v6a4 4 0 0 0 0 8v6H4v-6a4 4 0 0 0 0-8z" />
        <path d={proof && !isProven(proof) ? "M22 15v8M22 27.5v1" : "M15 22l5 5 9-10"} />
      </svg>
      <p>
        <Sentence proof={proof ?? undefined} /> {link}
      </p>
    </div>
  );
}

function Sentence({ proof }: { proof: SeatProof | undefined }) {
  const { event: texts } = useMessages();
  const { number } = useFormat();
  if (!proof) return <>{texts.proofNone}</>;
  if (!isProven(proof)) return <strong className="left--none">{texts.proofWrong}</strong>;
  if (proof.counts && proof.counts.sold > 0) {
    return <>{texts.proofCounts(number(proof.counts.sold))}</>;
  }
  return <>{proof.seq > 0 ? texts.proofEntries(number(proof.seq)) : texts.proofNone}</>;
}
