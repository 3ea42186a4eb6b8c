import { useMessages } from "../../messages/use_messages.ts";
import { Stepper } from "../../parts/stepper.tsx";

/** Chooses between fewer tickets than there are; where there is one number alone, nothing is to be chosen. */
export function FewerStepper({ labelId, label, value, least, most, onChange }: {
  /** Id of the label, for what else it names. */
  labelId: string;
  label: string;
  value: number;
  least: number;
  most: number;
  onChange(value: number): void;
}) {
  const { waitlist } = useMessages();
  return (
    <>
      <span id={labelId} className="visually-hidden">{label}</span>
      {most > least
        ? (
          <Stepper
            labelledBy={labelId}
            fewer={waitlist.fewerButton}
            more={waitlist.moreButton}
            value={value}
            least={least}
            most={most}
            onChange={onChange}
          />
        )
        : null}
    </>
  );
}
