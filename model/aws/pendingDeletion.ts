/**
 * Days that a secret or key can wait for its deletion, in which it can be restored.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html
 */
export const pendingDeletionDays = { from: 7, to: 30, unit: "days" } as const;
