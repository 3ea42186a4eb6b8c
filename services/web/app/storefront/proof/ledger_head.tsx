import type { SeatProof } from "../../api/events.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";
import { CopyButton } from "./copy_button.tsx";
import { timeOf } from "./time_of.ts";

/** So that a hash can be read out and compared: eight groups of eight. */
const GROUP = /.{1,8}/g;

/** The ledger's last entry: its number, its seal, and when it was read. */
export function LedgerHead({ proof }: { proof: SeatProof }) {
  const { proof: texts } = useMessages();
  const format = useFormat();
  const { seq, head_hash: hash } = proof;
  if (seq === 0) {
    return (
      <section aria-labelledby="seal">
        <h2 id="seal">{texts.head}</h2>
        <p>{texts.headEmpty}</p>
      </section>
    );
  }
  return (
    <section aria-labelledby="seal">
      <h2 id="seal">{texts.head}</h2>
      <p className="measure">{hash === "" ? texts.headMissing : texts.headText}</p>
      {hash === "" ? null : (
        <div className="seal">
          <code>
            {hash.match(GROUP)!.map((group, index) => <span key={index}>{group}</span>)}
          </code>
          <CopyButton text={hash} />
        </div>
      )}
      <dl className="facts">
        <div>
          <dt>{texts.entries}</dt>
          <dd>{format.number(seq)}</dd>
        </div>
        <div>
          <dt>{texts.seenAt}</dt>
          <dd>{timeOf(proof, format)}</dd>
        </div>
      </dl>
    </section>
  );
}
