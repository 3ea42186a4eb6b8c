import { useId, useState } from "react";

/** What a {@link Stepper} counts, and between which numbers. */
export interface StepperProps {
  /** Name of what is counted, where none stands in sight. */
  label?: string;
  /** Id of the element that names it, in sight. */
  labelledBy?: string;
  /** Names of the two buttons. */
  fewer: string;
  more: string;
  value: number;
  /** The smallest number above 0. */
  least: number;
  most: number;
  /** Whether 0 can be chosen, which `least` follows. */
  allowsNone?: boolean;
  onChange(value: number): void;
  /** Ids of hints about the limits. */
  describedBy?: string | undefined;
}

/** A number field with a button on each side of it. All three have one name. */
export function Stepper(props: StepperProps) {
  const { label, fewer, more, value, least, most, allowsNone = false, onChange } = props;
  const [draft, setDraft] = useState<string>();
  const ownId = useId();
  const labelledBy = props.labelledBy ?? ownId;
  const lowest = allowsNone ? 0 : least;
  const below = value <= least ? lowest : value - 1;
  const above = value < least ? least : value + 1;
  const choose = (next: number) => {
    setDraft(undefined);
    if (next !== value) onChange(next);
  };
  const isDraftWhole = draft !== undefined && /^\d+$/.test(draft);
  return (
    <span className="stepper" role="group" aria-labelledby={labelledBy}>
      {label === undefined ? null : <span id={ownId} className="visually-hidden">{label}</span>}
      <button
        type="button"
        aria-label={fewer}
        aria-disabled={value <= lowest}
        onClick={() => value > lowest && choose(below)}
      >
        −
      </button>
      <input
        type="number"
        inputMode="numeric"
        aria-labelledby={labelledBy}
        aria-describedby={props.describedBy}
        min={lowest}
        max={most}
        value={draft ?? value}
        onChange={({ target }) => {
          setDraft(target.value);
          const typed = target.valueAsNumber;
          if (typed === clamp(typed, props)) onChange(typed);
        }}
        onBlur={() => isDraftWhole ? choose(clamp(Number(draft), props)) : setDraft(undefined)}
      />
      <button
        type="button"
        aria-label={more}
        aria-disabled={above > most}
        onClick={() => above <= most && choose(above)}
      >
        +
      </button>
    </span>
  );
}

function clamp(typed: number, { least, most, allowsNone }: StepperProps): number {
  if (typed <= 0 && allowsNone) return 0;
  return Math.max(least, Math.min(typed, most));
}
