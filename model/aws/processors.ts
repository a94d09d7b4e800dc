import type { Architecture } from "../catalogue/types";

/**
 * Processors that the name of an image or a layer says it is built for, by the words that Docker, Linux and AWS have for
 * them; undefined where it says none, or more than one.
 * https://github.com/opencontainers/image-spec/blob/main/image-index.md
 */
export function processorsNamed(name: string): Architecture | undefined {
  const named = (Object.keys(words) as Architecture[]).filter((one) => words[one].test(name));
  return named.length === 1 ? named[0] : undefined;
}

const words: Readonly<Record<Architecture, RegExp>> = {
  x86_64: /(?<![a-z0-9])(?:amd64|x86[_-]64|x64)(?![a-z0-9])/i,
  arm64: /(?<![a-z0-9])(?:arm64|arm64v8|aarch64)(?![a-z0-9])/i,
};
