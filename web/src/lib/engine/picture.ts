// One set, one picture size: landmarks of a frame that was turned or resized meanwhile are told in the first one's terms.

export interface Size {
  width: number;
  height: number;
}

/**
 * Landmarks in fractions of `frame`, as fractions of `picture`: shapes keep their true proportions, and a frame's
 * longer side is as long as the picture's. Rounded to 32 bits, as networks give them, so that they can be kept small and
 * played again exactly.
 */
export function inPicture(landmarks: Float64Array, frame: Size, picture: Size): Float32Array {
  const scale = Math.max(picture.width, picture.height) / Math.max(frame.width, frame.height);
  const across = (frame.width * scale) / picture.width;
  const down = (frame.height * scale) / picture.height;
  // x, y, z, visibility; depth is in fractions of the width.
  const factors = [across, down, across, 1];
  return Float32Array.from(landmarks, (value, index) => value * (factors[index % 4] ?? 1));
}
