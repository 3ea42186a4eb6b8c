import { frame } from "./frame.ts";
import { login } from "./login.ts";
import { overview } from "./overview.ts";
import { parts } from "./parts.ts";

/** English texts of the console. */
export const consoleEn = { frame, login, overview, parts };
