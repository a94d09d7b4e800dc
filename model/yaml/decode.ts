import type { ProblemWords } from "./problem";

/** Longest manifest that is read; real ones have a few kilobytes. */
export const maximumBytes = 256 * 1024;

/** Text of a manifest: UTF-8, with or without a byte order mark. */
export function decode(content: Uint8Array): { readonly text: string } | { readonly problem: ProblemWords } {
  if (content.byteLength > maximumBytes) {
    return {
      problem: {
        found: `the file has ${Math.ceil(content.byteLength / 1024)} KiB`,
        allowed: `a manifest has at most ${maximumBytes / 1024} KiB`,
        remedy: "split the service",
      },
    };
  }
  const encoding = otherEncoding(content);
  if (encoding !== undefined) return { problem: wrongEncoding(`the file is in ${encoding}`) };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(content) };
  } catch {
    return { problem: wrongEncoding("the file is not in UTF-8") };
  }
}

/** UTF-16 and UTF-32 show by their byte order marks, or by zero bytes that no YAML text holds. */
function otherEncoding(content: Uint8Array): string | undefined {
  const [first, second, third, fourth] = content;
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? "UTF-32" : "UTF-16";
  if (first === 0xfe && second === 0xff) return "UTF-16";
  if (first === 0 && second === 0) return "UTF-32";
  return content.subarray(0, 64).includes(0) ? "UTF-16 or not a text" : undefined;
}

function wrongEncoding(found: string): ProblemWords {
  return { found, allowed: "manifests are in UTF-8", remedy: "save it as UTF-8" };
}
