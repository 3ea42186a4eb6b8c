import type { ConsoleMessages } from "../../console_messages.ts";
import { frame } from "./frame.ts";
import { login } from "./login.ts";
import { overview } from "./overview.ts";
import { parts } from "./parts.ts";

/** Hindi texts of the console. */
export const consoleHi: ConsoleMessages = { frame, login, overview, parts };
