/**
 * Most bytes a server may send over one connection. A real one sends some thousands; the limit keeps a hostile or
 * broken one from filling the function's memory, and is wide enough for an error text of megabytes to be told.
 */
export const mostBytes = 8 * 1024 * 1024;

/** The server sent what no PostgreSQL sends; the message says what, in words of our own. */
export class StrangeAnswer extends Error {}

const header = 5;
const letter = (type: string) => type.charCodeAt(0);
const errorOrNotice: readonly number[] = [letter("E"), letter("N")];

/**
 * Cuts what a server sends into whole messages: a byte of type, four of length that count themselves, the body.
 * @throws StrangeAnswer when there is too much of it, or when it is not of that form
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export function messageReader(): (chunk: Buffer) => Buffer[] {
  let chunks: Buffer[] = [];
  let waiting = 0;
  let needed = header;
  let total = 0;
  return (chunk) => {
    total += chunk.length;
    if (total > mostBytes) throw new StrangeAnswer(`it sent more than ${mostBytes} bytes`);
    chunks.push(chunk);
    waiting += chunk.length;
    if (waiting < needed) return [];
    let rest = Buffer.concat(chunks);
    const messages: Buffer[] = [];
    for (;;) {
      needed = rest.length < header ? header : messageLength(rest);
      if (rest.length < needed || rest.length < header) break;
      const message = rest.subarray(0, needed);
      if (!isWellFormed(message)) throw new StrangeAnswer("it sent a message without an end");
      messages.push(message);
      rest = rest.subarray(needed);
    }
    chunks = [rest];
    waiting = rest.length;
    return messages;
  };
}

function messageLength(bytes: Buffer): number {
  const length = 1 + bytes.readUInt32BE(1);
  if (length >= header && length <= mostBytes) return length;
  throw new StrangeAnswer("it sent a message of an impossible length");
}

/** The client library reads the fields of an error or notice until an empty one, and does not look where it ends. */
function isWellFormed(message: Buffer): boolean {
  if (!errorOrNotice.includes(message[0] ?? 0)) return true;
  let at = header;
  while (at < message.length && message[at] !== 0) {
    const end = message.indexOf(0, at + 1);
    if (end < 0) return false;
    at = end + 1;
  }
  return at < message.length;
}
