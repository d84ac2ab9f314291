// What was said last of a day is what counts, and a refusal for want of consent is told from others.
import { expect, test } from 'vitest';
import type { OutboxRequest, Refusal } from '$lib/outbox/request';
import { needsConsent, unsentOf } from './check-in';

const request = (order: number, topic: string, problem: Partial<Refusal> | null = null) =>
  ({ order, topic, problem }) as OutboxRequest;

test.each([
  ['nothing waits', [], undefined],
  ['something else waits', [request(1, 'sessions/s')], undefined],
  ['another day waits', [request(1, 'check-ins/2026-11-20')], undefined],
  [
    'it was said twice',
    [request(1, 'check-ins/2026-11-21'), request(2, 'check-ins/2026-11-21')],
    2,
  ],
])('%s', (_what, requests, order) => {
  expect(unsentOf(requests, '2026-11-21')?.order).toBe(order);
});

test.each([
  [{ status: 422, field: 'consent.health' }, true],
  [{ status: 422, field: 'on' }, false],
  [null, false],
])('%o asks for consent: %s', (problem, expected) => {
  expect(needsConsent(request(1, 'check-ins/2026-11-21', problem))).toBe(expected);
});
