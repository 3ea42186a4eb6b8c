/** Renews the log-in while the browser's program is still on its way: a shell shows nothing of its own before that. */
import "./this_browser.ts";
