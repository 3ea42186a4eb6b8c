import type { Action, Outcome } from "./use_action.ts";

/** Actions side by side of which the last one alone tells what became of it. */
export function oneOutcome<Name extends string>(
  actions: Readonly<Record<Name, Action<void>>>,
): { actions: Record<Name, Action<void>>; outcome: Outcome | undefined } {
  const all = Object.values<Action<void>>(actions);
  const forgetting = Object.entries<Action<void>>(actions).map(([name, action]) => {
    const act = () => {
      all.forEach((one) => one.forget());
      return action.act();
    };
    return [name, { ...action, act }];
  });
  return {
    actions: Object.fromEntries(forgetting),
    outcome: all.find(({ outcome }) => outcome)?.outcome,
  };
}
