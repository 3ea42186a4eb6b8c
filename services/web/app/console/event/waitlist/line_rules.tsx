import { useConsoleMessages } from "../../use_console.ts";

/** The rules by which seats go to those who wait. */
export function LineRules() {
  const { eventWaitlist: texts } = useConsoleMessages();
  return (
    <section className="stack rules" aria-labelledby="rules">
      <h2 id="rules">{texts.rules}</h2>
      <ul>{texts.rule.map((rule) => <li key={rule}>{rule}</li>)}</ul>
    </section>
  );
}
