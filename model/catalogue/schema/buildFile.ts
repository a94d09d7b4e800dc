/**
 * Path of a YAML file inside a build's source. A colon would make it one of the other things that CodeBuild takes in its
 * place, the ARN of an object or a specification itself
 * (https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectSource.html).
 */
export const buildFilePattern = /^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[\w./@+,=~-]{1,255}\.ya?ml$/;
