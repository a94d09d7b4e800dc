import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface PublishedMessage {
  readonly topicArn: string;
  readonly subject: string;
  readonly message: string;
  readonly owner: string | undefined;
}

export interface TopicDouble {
  readonly endpoint: string;
  readonly messages: PublishedMessage[];
  /** Answers Publish with an error when it returns true. */
  refuse: (message: PublishedMessage) => boolean;
  /** Name of that error. */
  refusal: string;
  close(): Promise<void>;
}

/** The Publish of SNS, which speaks AWS's Query protocol: a form in, XML out. */
export async function startTopic(): Promise<TopicDouble> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const form = new URLSearchParams(body);
      const message = {
        topicArn: form.get("TopicArn") ?? "",
        subject: form.get("Subject") ?? "",
        message: form.get("Message") ?? "",
        owner: attributes(form).get("owner"),
      };
      response.setHeader("content-type", "text/xml");
      if (topic.refuse(message)) {
        response.statusCode = 403;
        response.end(
          `<ErrorResponse><Error><Type>Sender</Type><Code>${topic.refusal}</Code><Message>no KMS</Message></Error></ErrorResponse>`,
        );
        return;
      }
      topic.messages.push(message);
      response.end(
        "<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>",
      );
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const topic: TopicDouble = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages: [],
    refuse: () => false,
    refusal: "AuthorizationError",
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return topic;
}

function attributes(form: URLSearchParams): Map<string, string> {
  const found = new Map<string, string>();
  for (let number = 1; form.has(`MessageAttributes.entry.${number}.Name`); number++) {
    const entry = `MessageAttributes.entry.${number}`;
    found.set(form.get(`${entry}.Name`) ?? "", form.get(`${entry}.Value.StringValue`) ?? "");
  }
  return found;
}
