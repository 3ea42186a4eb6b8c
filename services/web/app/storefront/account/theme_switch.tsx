import { useEffect, useState } from "react";
import { useMessages } from "../../messages/use_messages.ts";
import { keepTheme, keptTheme, type Theme } from "../../theme.ts";

const THEMES: readonly Theme[] = ["system", "light", "dark"];

/** Light, dark, or as the device has it. */
export function ThemeSwitch() {
  const { account } = useMessages();
  const [theme, setTheme] = useState<Theme>("system");
  useEffect(() => setTheme(keptTheme()), []);
  const choose = (chosen: Theme) => {
    keepTheme(chosen);
    setTheme(chosen);
  };
  return (
    <fieldset className="look">
      <legend>{account.look}</legend>
      <div className="look__choices">
        {THEMES.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name="theme"
              value={choice}
              checked={theme === choice}
              onChange={() => choose(choice)}
            />
            <span>{account.themes[choice]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
