// A change to the numbers of one exercise, before it is known on which day.
import type { PlanEdit } from '$lib/wire/plans';

type Numbers = Extract<PlanEdit, { op: 'sets' | 'target' | 'load' | 'rest' }>;
export type RowChange = Numbers extends infer One
  ? One extends Numbers
    ? Omit<One, 'day' | 'exercise'>
    : never
  : never;
