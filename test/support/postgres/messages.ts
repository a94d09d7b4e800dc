export interface Message {
  /** The type's letter; `startup` for the first message of a client, which has none. */
  readonly type: string;
  /** The whole message as sent. */
  readonly bytes: Buffer;
  readonly body: Buffer;
}

/**
 * Cuts a stream into messages: one byte of type, four of length that count themselves, the body.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export function messageReader(startsUntyped: boolean): (chunk: Buffer) => Message[] {
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = startsUntyped;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const messages: Message[] = [];
    for (;;) {
      const head = isFirst ? 0 : 1;
      if (rest.length < head + 4) return messages;
      const end = head + rest.readInt32BE(head);
      if (rest.length < end) return messages;
      const bytes = rest.subarray(0, end);
      const type = isFirst ? "startup" : String.fromCharCode(bytes[0] ?? 0);
      messages.push({ type, bytes, body: bytes.subarray(head + 4) });
      rest = rest.subarray(end);
      isFirst = false;
    }
  };
}

/** A message with the given type, none for a client's first. */
export function message(type: string, ...parts: readonly (string | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

/** An error answer: severity, SQLSTATE and message, each of them as given. */
export function errorMessage(severity: string, code: string, text: string): Buffer {
  return message("E", `S${severity}\0V${severity}\0C${code}\0M${text}\0\0`);
}

/** The start-up message without one of its parameters. */
export function withoutParameter(body: Buffer, name: string): Buffer {
  const texts = body.subarray(4, -1).toString().split("\0");
  const kept: string[] = [];
  for (let at = 0; at + 1 < texts.length; at += 2) {
    if (texts[at] !== name) kept.push(`${texts[at]}\0${texts[at + 1]}\0`);
  }
  return message("", body.subarray(0, 4), kept.join(""), "\0");
}
