import type { EventRule } from "./types";

/**
 * What the notice of a rule says, in the form that chat channels show as a message and that people can read in an e-mail. Names in
 * angle brackets are filled in by EventBridge.
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export function messageTemplate({ id, message }: EventRule): string {
  const { title, description, nextSteps } = message;
  return JSON.stringify({
    version: "1.0",
    source: "custom",
    content: { textType: "client-markdown", title, description, nextSteps, keywords: [id] },
  });
}
