import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { SSMClient } from "@aws-sdk/client-ssm";
import assert from "node:assert/strict";
import { expiryWatch } from "../../functions/expiryWatch/handler";
import { rollout } from "../../functions/rollout/handler";
import { generatedRotator } from "../../functions/rotation/generatedValue/rotator";
import { restoreStep, type RotationEvent, rotationSteps } from "../../model/functions/rotation";
import { type FakeClock, fakeClock } from "../support/fakeClock";
import { startEcs } from "./support/ecs";
import { rotationSucceeded } from "./support/events";
import { rotationInProcess } from "./support/inProcess";
import { type CallHook, type JsonService, ServiceFault, startJsonService } from "./support/jsonService";
import { lambdaContext, rotationFunctionArn, startRotation } from "./support/rotation";
import { type SecretsManagerDouble, startSecretsManager } from "./support/secretsManager";
import { startTopic } from "./support/topic";

/** Answers an operation so many times with an error before it is let through. */
function answering(operation: string, code: string, { times = 1, message = "" } = {}): CallHook {
  let left = times;
  return (call, moment) => {
    if (moment === "before" && call.operation === operation && left-- > 0)
      throw new ServiceFault(code, message);
  };
}

describe("rotation functions, where AWS answers with what passes", () => {
  let service: SecretsManagerDouble;
  let clock: FakeClock;
  before(async () => {
    service = await startSecretsManager();
  });
  beforeEach(() => {
    service.hook = undefined;
    service.calls.length = 0;
    clock = fakeClock();
  });
  after(() => service.close());

  const denied = "User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform it";
  const noKms = "Access to KMS is not allowed";
  const create = () =>
    service.secrets.create(`orders/prod/${Math.random().toString(36).slice(2)}`, "first", {
      rotationFunction: rotationFunctionArn,
    });

  const once: [code: string, message: string][] = [
    ["InternalServiceError", denied],
    ["ServiceUnavailableException", ""],
    ["ThrottlingException", denied],
    ["AccessDeniedException", denied],
    [
      "InvalidRequestException",
      "You can't perform this operation on the secret: it was marked for deletion.",
    ],
  ];
  for (const [code, message] of once) {
    for (const step of [...rotationSteps, restoreStep] as const) {
      it(`${step}: ${code} once at each of its calls`, async () => {
        for (let number = 1, calls = Infinity; number <= calls; number++) {
          const secret = create();
          const plain = rotationInProcess(service, secret, generatedRotator);
          const token = startRotation(service.secrets, secret);
          const event = (Step: RotationEvent["Step"]): RotationEvent => ({
            Step,
            SecretId: secret.arn,
            ClientRequestToken: token,
          });
          const index = step === restoreStep ? rotationSteps.length : rotationSteps.indexOf(step);
          const earlier = rotationSteps.slice(0, index);
          for (const Step of earlier) await plain.invoke(event(Step));
          const previous = service.secrets.holder(secret, "AWSPREVIOUS")?.id ?? "";

          let seen = 0;
          service.hook = (_, moment) => {
            if (moment === "before" && ++seen === number) throw new ServiceFault(code, message);
          };
          clock = fakeClock();
          await rotationInProcess(service, secret, generatedRotator, { clock }).invoke(
            step === restoreStep ? { ...event(step), ClientRequestToken: previous } : event(step),
          );
          service.hook = undefined;
          assert.equal(clock.pauses.length, number <= seen - 1 ? 1 : 0);
          calls = seen - 1;
        }
      });
    }
  }

  const young: [step: (typeof rotationSteps)[number], operation: string, code: string, message?: string][] = [
    ["createSecret", "DescribeSecret", "ResourceNotFoundException"],
    ["createSecret", "GetSecretValue", "AccessDeniedException", noKms],
    ["createSecret", "PutSecretValue", "ResourceNotFoundException"],
    ["createSecret", "PutSecretValue", "EncryptionFailure"],
    ["setSecret", "GetSecretValue", "ResourceNotFoundException"],
    ["setSecret", "GetSecretValue", "DecryptionFailure"],
    ["testSecret", "DescribeSecret", "ResourceNotFoundException"],
    ["finishSecret", "GetSecretValue", "ResourceNotFoundException"],
    ["finishSecret", "UpdateSecretVersionStage", "ResourceNotFoundException"],
  ];
  for (const [step, operation, code, message = ""] of young) {
    it(`${step}: ${code} of ${operation} three times, ${message || "without words"}`, async () => {
      const secret = create();
      const { invoke } = rotationInProcess(service, secret, generatedRotator, { clock });
      const token = startRotation(service.secrets, secret);
      for (const Step of rotationSteps) {
        service.hook = Step === step ? answering(operation, code, { times: 3, message }) : undefined;
        await invoke({ Step, SecretId: secret.arn, ClientRequestToken: token });
      }
      assert.equal(clock.pauses.length, 3);
      assert.equal(service.secrets.holder(secret, "AWSCURRENT")?.id, token);
    });
  }

  /** Version of a step of a rotation that has come as far; for restoring, the one that was current before. */
  async function rotatedUpTo(step: (typeof rotationSteps)[number] | typeof restoreStep) {
    const secret = create();
    const { invoke } = rotationInProcess(service, secret, generatedRotator);
    const token = startRotation(service.secrets, secret);
    const index = step === restoreStep ? rotationSteps.length : rotationSteps.indexOf(step);
    for (const Step of rotationSteps.slice(0, index))
      await invoke({ Step, SecretId: secret.arn, ClientRequestToken: token });
    const previous = service.secrets.holder(secret, "AWSPREVIOUS")?.id ?? "";
    return { secret, token: step === restoreStep ? previous : token };
  }

  for (const step of ["createSecret", "setSecret", "testSecret", restoreStep] as const) {
    for (const label of ["AWSCURRENT", "AWSPREVIOUS"]) {
      if (label === "AWSPREVIOUS" && step !== restoreStep) continue;
      it(`${step}: the value of ${label}, which is there, is not found three times`, async () => {
        const { secret, token } = await rotatedUpTo(step);
        let left = 3;
        service.hook = ({ operation, input }, moment) => {
          if (
            moment === "before" &&
            operation === "GetSecretValue" &&
            input.VersionStage === label &&
            left-- > 0
          )
            throw new ServiceFault("ResourceNotFoundException", "can't find the specified secret value");
        };
        const seen: (string | undefined)[] = [];
        const rotator: typeof generatedRotator = {
          ...generatedRotator,
          create: (of, current) => (seen.push(current), generatedRotator.create(of, current)),
          misfit: (_, current) => void seen.push(current),
          test: (_, __, current) => Promise.resolve(void seen.push(current)),
        };
        const { invoke } = rotationInProcess(service, secret, rotator, { clock });
        await invoke({ Step: step, SecretId: secret.arn, ClientRequestToken: token });
        assert.equal(clock.pauses.length, 3);
        assert.ok(seen.length > 0 && !seen.includes(undefined));
      });
    }
  }

  it("a previous value that is gone is told as that", async () => {
    const { secret, token } = await rotatedUpTo(restoreStep);
    service.hook = ({ operation, input }, moment) => {
      if (moment === "before" && operation === "GetSecretValue" && input.VersionStage === "AWSPREVIOUS")
        throw new ServiceFault("ResourceNotFoundException", "can't find the specified secret value");
    };
    const { invoke } = rotationInProcess(service, secret, generatedRotator, { clock });
    await assert.rejects(
      invoke({ Step: restoreStep, SecretId: secret.arn, ClientRequestToken: token }),
      (error: Error) =>
        /holds no previous value.*platform set/.test(error.message) && !/unstick/.test(error.message),
    );
  });

  it("what never passes ends in bounded time, and the log says what was done", async () => {
    const secret = create();
    const { invoke, lines } = rotationInProcess(service, secret, generatedRotator, { clock });
    service.hook = answering("DescribeSecret", "AccessDeniedException", { times: Infinity, message: denied });
    const started = clock.now();
    const token = startRotation(service.secrets, secret);
    await assert.rejects(invoke({ Step: "createSecret", SecretId: secret.arn, ClientRequestToken: token }));
    const seconds = Math.ceil((clock.now() - started) / 1000);
    assert.ok(seconds <= 8 && service.calls.length > 4);
    const said = `AccessDeniedException (HTTP 400, request `;
    assert.ok(lines.some((line) => line.includes(said)));
    assert.ok(
      lines.some((line) =>
        line.includes(`, tried ${service.calls.length} times in ${seconds} s): ${denied}`),
      ),
      lines.join("\n"),
    );
  });

  it("nothing is tried again where Lambda is about to end the function", async () => {
    const secret = create();
    const context = lambdaContext(rotationFunctionArn, 15_000);
    const { invoke } = rotationInProcess(service, secret, generatedRotator, { clock, context });
    service.hook = answering("DescribeSecret", "InternalServiceError");
    const event = { Step: "createSecret", SecretId: secret.arn, ClientRequestToken: "token" } as const;
    await assert.rejects(invoke(event), /InternalServiceError/);
    assert.deepEqual(clock.pauses, []);
  });

  it("a value that was never put is told after three seconds, one that may be missing at once", async () => {
    const secret = create();
    const { invoke } = rotationInProcess(service, secret, generatedRotator, { clock });
    const token = startRotation(service.secrets, secret);
    const started = clock.now();
    await assert.rejects(
      invoke({ Step: "finishSecret", SecretId: secret.arn, ClientRequestToken: token }),
      /holds no value/,
    );
    assert.ok(clock.pauses.length > 1 && clock.now() - started <= 3_000);
    clock.pauses.length = 0;
    await invoke({ Step: "testSecret", SecretId: secret.arn, ClientRequestToken: token });
    assert.deepEqual(clock.pauses, []);
  });
});

describe("the rollout, where AWS answers with what passes", () => {
  const secretArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/key-AbCdEf";
  const rotated = new Date("2026-06-15T06:00:00Z");

  for (const [operation, code] of [
    ["DescribeServices", "ServerException"],
    ["DescribeServices", "ClusterNotFoundException"],
    ["DescribeServices", "ThrottlingException"],
    ["UpdateService", "ServerException"],
    ["UpdateService", "ServiceNotFoundException"],
    ["UpdateService", "ServiceNotActiveException"],
  ] as const) {
    it(`${code} of ${operation}: looks again, and starts one deployment`, async () => {
      const ecs = await startEcs(() => new Date(rotated.getTime() + 5_000));
      try {
        ecs.services = [
          {
            serviceName: "api",
            status: "ACTIVE",
            deployments: [{ status: "PRIMARY", rolloutState: "COMPLETED", createdAt: 0 }],
          },
        ];
        ecs.hook = answering(operation, code, { times: 2 });
        const clock = fakeClock();
        await rollout({
          client: ecs.client(),
          settings: {
            rollouts: [{ secretArnPattern: secretArn, services: [{ cluster: "shop", service: "api" }] }],
          },
          write: () => undefined,
          wait: () => Promise.resolve(),
          clock,
        })(rotationSucceeded(rotated, secretArn), lambdaContext());
        assert.equal(clock.pauses.length, 2);
        assert.equal(ecs.calls.filter((call) => call.operation === "DescribeServices").length, 3);
        assert.equal(ecs.services[0]?.deployments[0]?.rolloutState, "IN_PROGRESS");
      } finally {
        await ecs.close();
      }
    });
  }

  it("an answer that was lost after it took effect starts no second one", async () => {
    const ecs = await startEcs(() => new Date(rotated.getTime() + 5_000));
    try {
      ecs.services = [
        {
          serviceName: "api",
          status: "ACTIVE",
          deployments: [{ status: "PRIMARY", rolloutState: "COMPLETED", createdAt: 0 }],
        },
      ];
      let left = 1;
      const operations = Object.assign(ecs, { answered: 0 });
      operations.hook = ({ operation }, moment) => {
        // Answered with a fault although it was done.
        if (operation === "UpdateService" && moment === "before" && left-- > 0) {
          ecs.services[0]?.deployments.unshift({
            status: "PRIMARY",
            rolloutState: "IN_PROGRESS",
            createdAt: rotated.getTime() / 1000 + 5,
          });
          throw new ServiceFault("ServerException", "");
        }
      };
      await rollout({
        client: ecs.client(),
        settings: {
          rollouts: [{ secretArnPattern: secretArn, services: [{ cluster: "shop", service: "api" }] }],
        },
        write: () => undefined,
        wait: () => Promise.resolve(),
        clock: fakeClock(),
      })(rotationSucceeded(rotated, secretArn), lambdaContext());
      assert.equal(ecs.calls.filter((call) => call.operation === "UpdateService").length, 1);
    } finally {
      await ecs.close();
    }
  });
});

describe("the expiry watch, where AWS answers with what passes", () => {
  it("each of its calls", async () => {
    const topic = await startTopic();
    const service: JsonService = await startJsonService({
      DescribeParameters: () => ({
        Parameters: [{ Name: "/orders/prod/a", LastModifiedDate: 0, Policies: [] }],
      }),
      ListTagsForResource: () => ({ TagList: [{ Key: "owner", Value: "orders@example.com" }] }),
      ListSecrets: () => ({ SecretList: [] }),
    });
    try {
      const hooks = [
        answering("DescribeParameters", "InternalServerError"),
        answering("ListTagsForResource", "ThrottlingException"),
        answering("ListSecrets", "InternalServiceError"),
      ];
      service.hook = (call, moment) => hooks.forEach((hook) => void hook(call, moment));
      let refused = 0;
      topic.refuse = () => ++refused <= 2;
      topic.refusal = "KMSAccessDenied";
      const clock = fakeClock();
      const common = {
        region: "eu-west-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
        maxAttempts: 1,
        endpoint: service.endpoint,
      };
      await expiryWatch({
        ssm: new SSMClient(common),
        secretsManager: new SecretsManagerClient(common),
        sns: new SNSClient({ ...common, endpoint: topic.endpoint }),
        settings: { expectedParameters: [], warnDays: 14 },
        topicArn: "arn:aws:sns:eu-west-1:333333333333:notices",
        now: () => new Date("2026-06-15T06:00:00Z"),
        write: () => undefined,
        clock,
      })({}, lambdaContext());
      assert.deepEqual(
        topic.messages.map(({ owner }) => owner),
        ["orders@example.com"],
      );
      assert.equal(clock.pauses.length, 5);
    } finally {
      await service.close();
      await topic.close();
    }
  });
});
