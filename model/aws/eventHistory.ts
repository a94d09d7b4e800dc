/**
 * Days that CloudTrail keeps management events for LookupEvents.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export const eventHistoryDays = 90;
