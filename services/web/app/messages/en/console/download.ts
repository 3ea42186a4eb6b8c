/** Texts of files that are being fetched. */
export const download = {
  under: (size: string) => `Fetching… ${size}`,
  stop: "Stop",
  stopped: "Stopped. Nothing was saved.",
  saved: (size: string) => `Saved: ${size}.`,
  broken: "The file broke off, so nothing was saved. Try again.",
  busy: "Other files are being made just now. Try again in a moment.",
  refused: "The file could not be made. Try again.",
  tooLarge: "The file is larger than a browser should hold. Fetch it by a program.",
  leave: "You can go on to other pages meanwhile.",
  kilobytes: (number: string) => `${number} kB`,
  megabytes: (number: string) => `${number} MB`,
};
