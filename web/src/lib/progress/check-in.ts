// What somebody says of a day: written through the outbox, so that it is kept without a network, too.
import { t } from '$lib/i18n/index.svelte';
import type { NewRequest, OutboxRequest } from '$lib/outbox/request';
import type { CheckIn, CheckInPart } from '$lib/wire/progress';

export const PARTS: readonly CheckInPart[] = ['sleep', 'soreness', 'stress', 'motivation'];

const topicOf = (day: string): string => `check-ins/${day}`;

export function checkInRequest(said: CheckIn): NewRequest {
  const label = t('progress.check_in.label');
  return { method: 'POST', path: '/check-ins', body: said, topic: topicOf(said.on), label };
}

/** The last thing said of a day that the server does not have. A later answer takes an earlier one's place. */
export function unsentOf(requests: readonly OutboxRequest[], day: string): OutboxRequest | null {
  return requests.findLast(({ topic }) => topic === topicOf(day)) ?? null;
}

/** Whether the server refused it because it may not keep how somebody feels. */
export function needsConsent({ problem }: OutboxRequest): boolean {
  return problem?.status === 422 && problem.field === 'consent.health';
}

export function saidIn(request: OutboxRequest): CheckIn {
  return request.body as CheckIn;
}
