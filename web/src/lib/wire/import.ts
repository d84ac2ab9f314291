// Bringing training along, as the server tells it. Written by hand until `schema.ts` has it; names and fields are the same.
import type { SessionInShort } from './schema';

export type Question = 'columns' | 'load_unit' | 'date_order' | 'exercises';
export type LoadUnit = 'kg' | 'lb';
export type DateOrder = 'day_first' | 'month_first';

export interface ImportOptions {
  load_unit?: LoadUnit;
  date_order?: DateOrder;
  /** By the header of the column. */
  columns?: Record<string, string>;
  /** By the name in the file: an exercise's id, `custom` or `skip`. */
  choices?: Record<string, string>;
  keep?: boolean;
}

export interface ImportedExercise {
  name: string;
  n_sets: number;
  /** Best first. */
  suggestions: { id: string; name: string; likeness: number }[];
  /** An exercise's id, `custom`, `skip`, or null where it is not decided. */
  choice: string | null;
}

export interface ImportedColumn {
  header: string;
  /** Null where it is not read. */
  column: string | null;
}

export interface ImportWarning {
  /** `line 12`, `session 3`, `message 7` or `file`. */
  at: string;
  kind: string;
  value: string;
}

export interface ImportPreview {
  format: string;
  questions: Question[];
  n_sessions: number;
  /** Those of them that the account has already. */
  n_known: number;
  n_sets: number;
  /** The newest of them, newest first. */
  sessions: SessionInShort[];
  exercises: ImportedExercise[];
  columns: ImportedColumn[];
  /** The first hundred. */
  warnings: ImportWarning[];
  n_warnings: number;
  n_rows: number;
  n_skipped: number;
  kept: boolean;
}
