// How long the rest after a set is, and what comes after it: supersets and circuits rest after the round, drops not at all.
import type { Card, Row } from './sheet';

export interface Next {
  card: Card;
  row: Row;
}

/** The next set to do after one of `cards`: within its group in turn, else down the sheet, else what was left out. */
export function nextAfter(
  cards: readonly Card[],
  id: string,
  isDone: (id: string) => boolean,
): Next | null {
  const at = cards.findIndex((card) => card.rows.some((row) => row.id === id));
  const card = cards[at];
  if (!card) return firstOpen(cards, isDone);
  const open = (one: Card | undefined): Next | null => {
    const row = one?.rows.find((each) => !isDone(each.id));
    return one && row ? { card: one, row } : null;
  };
  const { group } = card;
  if (group) {
    // Both sides of one exercise belong together.
    const index = card.rows.findIndex((row) => row.id === id);
    const other = card.rows[index + 1];
    if (card.rows[index]?.side === 'left' && other?.side === 'right' && !isDone(other.id))
      return { card, row: other };
    const round = cards.filter((one) => one.group?.number === group.number);
    const from = round.indexOf(card);
    const turn = [...round.slice(from + 1), ...round.slice(0, from + 1)];
    for (const one of turn) {
      const found = open(one);
      if (found) return found;
    }
  }
  return open(card) ?? firstOpen(cards.slice(at + 1), isDone) ?? firstOpen(cards, isDone);
}

export function firstOpen(cards: readonly Card[], isDone: (id: string) => boolean): Next | null {
  for (const card of cards) for (const row of card.rows) if (!isDone(row.id)) return { card, row };
  return null;
}

/** Seconds of rest after a set that was just done; 0 where the next one follows at once, or nothing does. */
export function restAfter(
  cards: readonly Card[],
  id: string,
  isDone: (id: string) => boolean,
): number {
  const card = cards.find((one) => one.rows.some((row) => row.id === id));
  const row = card?.rows.find((one) => one.id === id);
  const next = nextAfter(cards, id, isDone);
  if (!card || !row || !next) return 0;
  if (card.group?.kind === 'emom') return 0;
  if (
    next.card === card &&
    (next.row.kind === 'drop' || (row.side === 'left' && next.row.side === 'right'))
  )
    return 0;
  if (card.group && next.card.group?.number === card.group.number) {
    // In a round there is rest only where it begins again.
    if (cards.indexOf(next.card) > cards.indexOf(card)) return 0;
    const round = cards.filter((one) => one.group?.number === card.group?.number);
    return Math.max(...round.map((one) => one.rest_secs));
  }
  return card.rest_secs;
}
