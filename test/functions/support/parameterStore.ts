import { SSMClient } from "@aws-sdk/client-ssm";
import { ServiceFault, startJsonService, type JsonService } from "./jsonService";

interface StoredParameter {
  readonly value: string;
  /** Milliseconds of the epoch. */
  readonly modified: number;
  readonly version: number;
}

export interface ParameterStoreDouble extends JsonService {
  readonly parameters: Map<string, StoredParameter>;
  put(name: string, value: string): void;
  client(): SSMClient;
}

/**
 * Test double of what Parameter Store does with one String: reads, and writes over, at the time that a test has.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export async function startParameterStore(now: () => number = Date.now): Promise<ParameterStoreDouble> {
  const parameters = new Map<string, StoredParameter>();
  const put = (name: string, value: string) => {
    const version = (parameters.get(name)?.version ?? 0) + 1;
    parameters.set(name, { value, modified: now(), version });
    return version;
  };
  const service = await startJsonService({
    GetParameter({ Name: name }: { Name: string }) {
      // By ARN it is found too. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
      const Name = name.replace(/^arn:[^/]*:parameter(?=\/)/, "");
      const found = parameters.get(Name);
      if (found === undefined) throw new ServiceFault("ParameterNotFound", "");
      const { value: Value, modified, version: Version } = found;
      return { Parameter: { Name, Value, Version, Type: "String", LastModifiedDate: modified / 1000 } };
    },
    PutParameter({ Name, Value, Overwrite }: { Name: string; Value: string; Overwrite?: boolean }) {
      if (!parameters.has(Name) || Overwrite !== true) throw new ServiceFault("ParameterAlreadyExists", "");
      return { Version: put(Name, Value), Tier: "Advanced" };
    },
  });
  return Object.assign(service, {
    parameters,
    put,
    client: () =>
      new SSMClient({
        endpoint: service.endpoint,
        region: "eu-west-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
        maxAttempts: 1,
      }),
  });
}
