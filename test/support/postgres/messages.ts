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
