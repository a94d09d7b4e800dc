import type { Subject } from "../subject";

/**
 * What a task definition takes, without what is the team's own: its image, its size.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export function ecs({ consumer, document }: Subject): string {
  const { roles, secrets, environment, repositoryCredentials } = document;
  return JSON.stringify(
    {
      taskRoleArn: roles.task,
      executionRoleArn: roles.execution,
      containerDefinitions: [{ name: consumer.consumer, environment, secrets, repositoryCredentials }],
    },
    undefined,
    2,
  );
}
