import {
  GetParameterCommand,
  ParameterNotFound,
  PutParameterCommand,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import type { Clock } from "../../../aws/clock";
import { parameterBytes } from "../../../model/aws/quotas";
import type { KeyPairSettings } from "../../../model/functions/keyPairs";
import { jwksText, nextKeys, publishedKeys } from "../../../model/values/jwks";
import { publicKeyIn } from "../../../model/values/keyPair";
import type { AwsCalls } from "../../lambda/awsCalls";
import { RotationError, triedAgain } from "../errors";

/** The public keys of one secret, where verifiers read them. */
export interface Publication {
  /** Publishes the keys of these values, which sign now, next or did last, beside those of tokens that may still be valid. */
  publish(values: readonly string[]): Promise<void>;
  /**
   * Ends when every verifier knows the key of this value: published, and for as long as verifiers keep what they read.
   * Fails where it is not published, or the invocation ends before.
   */
  known(value: string): Promise<void>;
}

export interface PublicationOptions {
  readonly ssm: SSMClient;
  readonly settings: KeyPairSettings;
  readonly aws: AwsCalls;
  readonly clock: Clock;
  /** Milliseconds that are left to wait in. */
  readonly remainingMs: () => number;
}

interface Published {
  readonly text: string;
  /** Milliseconds of the epoch. */
  readonly since: number;
}

export function publication({ ssm, settings, aws, clock, remainingMs }: PublicationOptions): Publication {
  const { parameter } = settings;

  async function read(): Promise<Published> {
    const found = await aws.call("ssm:GetParameter", () =>
      ssm.send(new GetParameterCommand({ Name: parameter })).catch((error: unknown) => {
        if (error instanceof ParameterNotFound) throw parameterGone(parameter);
        throw error;
      }),
    );
    const { Value: text = "", LastModifiedDate: since } = found.Parameter ?? {};
    return { text, since: since?.getTime() ?? clock.now() };
  }

  return {
    async publish(values) {
      const { text } = await read();
      const now = Math.floor(clock.now() / 1000);
      const wanted = jwksText(
        nextKeys({
          wanted: values.flatMap((value) => publicKeyIn(value) ?? []),
          published: publishedKeys(text),
          now,
          // Signers, too, keep what they read for a while.
          retainSeconds: settings.tokenSeconds + settings.publicationSeconds,
        }),
      );
      // Written again it would look as if it had been published just now.
      if (wanted === text) return;
      const bytes = Buffer.byteLength(wanted);
      if (bytes > parameterBytes.Advanced) throw tooManyKeys(parameter, bytes);
      await aws.call("ssm:PutParameter", () =>
        ssm.send(new PutParameterCommand({ Name: parameter, Value: wanted, Overwrite: true })),
      );
    },

    async known(value) {
      const kid = publicKeyIn(value)?.kid;
      const found = await aws.soon(async () => {
        const published = await read();
        return publishedKeys(published.text).some((key) => key.kid === kid) ? published : undefined;
      });
      if (found === undefined) throw notPublished(parameter);
      // A clock that is behind AWS's waits no longer than a key has to be known.
      const waitMs = Math.min(
        found.since + settings.publicationSeconds * 1000 - clock.now(),
        settings.publicationSeconds * 1000,
      );
      if (waitMs <= 0) return;
      if (waitMs > remainingMs()) throw tooShort(parameter, waitMs);
      await clock.sleep(waitMs);
    },
  };
}

function parameterGone(parameter: string): RotationError {
  return new RotationError(
    `the parameter ${parameter}, in which the public keys are published, is not there`,
    "deploy the stack of this account again (pulumi up --refresh --policy-pack policies), and rotate at once " +
      "(npx platform rotate): until then verifiers find no key",
  );
}

function tooManyKeys(parameter: string, bytes: number): RotationError {
  return new RotationError(
    `the public keys come to ${bytes} bytes, with those whose tokens may still be valid, and ${parameter} holds ` +
      `${parameterBytes.Advanced}`,
    `${triedAgain}, and can once the oldest tokens have ended; rotate less often, or shorten \`tokenLifetime\``,
  );
}

function notPublished(parameter: string): RotationError {
  return new RotationError(`the public key is not in ${parameter}`, triedAgain);
}

function tooShort(parameter: string, waitMs: number): RotationError {
  return new RotationError(
    `verifiers know the public key in ${parameter} only in ${Math.ceil(waitMs / 1000)} seconds, after the end of this call`,
    `${triedAgain}; nothing has changed for signers and verifiers`,
  );
}
