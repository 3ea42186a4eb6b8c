import type { SeatProof } from "../../api/events.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { Note } from "../../parts/note.tsx";
import { isProven } from "./is_proven.ts";
import { timeOf } from "./time_of.ts";

/** Whether the counts are those of the ledger. If they are not, nothing on the page is louder. */
export function Verdict({ proof }: { proof: SeatProof }) {
  const { proof: texts } = useMessages();
  const time = timeOf(proof, useFormat());
  if (isProven(proof)) {
    return (
      <Note kind="ok">
        <b>{texts.addsUp}</b> {texts.addsUpText(time)}
      </Note>
    );
  }
  const wrong = proof.pools.filter((pool) => !pool.adds_up).map(({ name }) => name);
  const names = proof.adds_up ? wrong : [texts.house, ...wrong];
  return (
    <div className="ledger-wrong" role="alert">
      <h2>{texts.wrong}</h2>
      <p>{texts.wrongText(time)}</p>
      {proof.pools.length > 0 ? <p>{texts.wrongPools(names.join(", "))}</p> : null}
    </div>
  );
}
