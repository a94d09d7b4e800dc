import { onOneLine } from "../../model/yaml/oneLine";

export interface ProgressLine {
  readonly show: (step: string) => void;
  readonly clear: () => void;
}

/** Back to the first column, and nothing left in the line. */
const erase = "\r\u001b[2K";

/**
 * A line on the terminal that says what is being done; nothing where nobody is watching. Building leaves no time for a
 * timer to turn a wheel.
 */
export function progressLine(terminal: NodeJS.WriteStream = process.stderr): ProgressLine {
  if (!terminal.isTTY || process.env["CI"] === "true") return { show: () => {}, clear: () => {} };
  return {
    show: (step) => void terminal.write(`${erase}${onOneLine(step)} …`),
    clear: () => void terminal.write(erase),
  };
}
