// Bringing training along, with the names that Rust tells as plain strings written out.
import type * as schema from './schema';
import type { Told } from './told';

export type Question = 'columns' | 'load_unit' | 'date_order' | 'exercises';
export type LoadUnit = 'kg' | 'lb';
export type DateOrder = 'day_first' | 'month_first';

/** What is left out is not answered. */
export type ImportOptions = Partial<schema.ImportOptions>;
export type ImportedExercise = Told<schema.ImportedExercise>;
export type ImportedColumn = Told<schema.ImportedColumn>;
export type ImportWarning = schema.ImportWarning;

export type ImportPreview = Omit<Told<schema.ImportPreview>, 'questions'> & {
  questions: Question[];
};
