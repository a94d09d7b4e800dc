import { text } from "../../yaml/expectation";

/** Name of a container image, with its registry, tag and digest where it has them. */
export const imageReference = text(
  /^(?=.{1,512}$)(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\d{1,5})?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::\w[\w.-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/,
  "must be an image, such as `222222222222.dkr.ecr.eu-west-1.amazonaws.com/orders:1.4.2`",
);
