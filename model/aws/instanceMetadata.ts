/**
 * Network hops that the answer to a request for a token may make: within the instance one, into a container with a
 * network of its own two, as AWS recommends for containers. More than that is for proxies.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
 */
export const hopLimits = { instance: 1, containers: 2 } as const;
