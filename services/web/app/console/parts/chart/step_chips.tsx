import { useConsoleMessages } from "../../use_console.ts";
import type { SalesOverTime } from "./sales_data.ts";

const STEPS = ["minute", "hour", "day"] as const;

/** Over how long sales are shown. */
export function StepChips({ step, onChoice }: {
  step: SalesOverTime["step"];
  onChoice: (step: SalesOverTime["step"]) => void;
}) {
  const { chart } = useConsoleMessages();
  return (
    <div className="chips" role="group" aria-label={chart.steps}>
      {STEPS.map((name) => (
        <button
          key={name}
          className={name === step ? "chip chip--on" : "chip"}
          type="button"
          aria-pressed={name === step}
          onClick={() => onChoice(name)}
        >
          {chart.periods[name]}
        </button>
      ))}
    </div>
  );
}
