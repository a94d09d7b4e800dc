import type { Duplex } from "node:stream";
import { EventEmitter } from "node:events";
import { Connection, type ClientConfig } from "pg";
import { messageReader, StrangeAnswer } from "./answers";

/** What the client library's connection does beside its published types. */
interface Unpublished {
  attachListeners(stream: EventEmitter): void;
  password(answer: string): void;
}

const inherited = Connection.prototype as unknown as Unpublished;

/**
 * The client library's connection, for a server that may be hostile: reads only so much, only whole messages, and
 * fails with an error where the library would run out of memory, never end, or throw where nobody catches. The password
 * never leaves in plain text.
 */
export class GuardedConnection extends Connection {
  constructor(config: ClientConfig) {
    super(config);
  }

  attachListeners(stream: Duplex): void {
    const checked = new EventEmitter();
    inherited.attachListeners.call(this, checked);
    const read = messageReader();
    stream.on("data", (chunk: Buffer) => {
      if (stream.destroyed) return;
      try {
        for (const message of read(chunk)) checked.emit("data", message);
      } catch (error) {
        const isOwn = error instanceof StrangeAnswer;
        stream.destroy(isOwn ? error : new StrangeAnswer("it sent a message that cannot be read"));
      }
    });
    stream.on("end", () => checked.emit("end"));
  }

  /** Called for plain text and for MD5. A password in plain text would be in the hands of whoever answers there. */
  password(answer: string): void {
    if (/^md5[0-9a-f]{32}$/.test(answer)) inherited.password.call(this, answer);
    else this.stream.destroy(new StrangeAnswer("it asks for the password in plain text"));
  }
}
