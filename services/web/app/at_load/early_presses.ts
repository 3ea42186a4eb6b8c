declare global {
  var takeEarlyPresses: (() => HTMLButtonElement[]) | undefined;
}

/** More than anybody presses in the moment before a page answers. */
const MAX_PRESSES = 20;

/** Notes the buttons that are pressed before React has the page, which would be lost. */
function noteEarlyPresses(): void {
  const pressed: HTMLButtonElement[] = [];
  const note = ({ target }: MouseEvent) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (button && pressed.length < MAX_PRESSES) pressed.push(button);
  };
  document.addEventListener("click", note, true);
  globalThis.takeEarlyPresses = () => {
    document.removeEventListener("click", note, true);
    return pressed.splice(0);
  };
}

noteEarlyPresses();
