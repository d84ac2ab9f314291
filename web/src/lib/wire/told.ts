// The shapes that cross the border to Rust, as the page uses them: made from the server's OpenAPI document
// (`cargo xtask codegen`), which is made from the crate `wire`.

/**
 * What is told is told whole: a field without a value is null, never absent. OpenAPI calls such fields optional, because
 * whoever sends one may leave it out.
 */
export type Told<T> = T extends readonly unknown[]
  ? { [K in keyof T]: Told<T[K]> }
  : T extends object
    ? { [K in keyof T]-?: Told<T[K]> }
    : T;

/** `T` with some of its fields narrowed. */
export type With<T, Narrowed> = Omit<T, keyof Narrowed> & Narrowed;
