// A frame's pixels into the engine's memory, upright, as RGBA.
//
// Frames up to 1280 pixels keep their own pixels and larger ones are made 960 long, exactly as the native decoder does
// (`camera::DecodeOptions`), so that both see the same.

const KEEP_UP_TO = 1280;
const SHRINK_TO = 960;

export interface Size {
  width: number;
  height: number;
}

type Frame = VideoFrame | ImageBitmap;

/** How a frame shows, upright and with square pixels. */
export function shownSize(frame: Frame): Size {
  return 'displayWidth' in frame
    ? { width: frame.displayWidth, height: frame.displayHeight }
    : { width: frame.width, height: frame.height };
}

/** The size that is looked at. */
export function lookedAtSize(shown: Size): Size {
  const longer = Math.max(shown.width, shown.height);
  if (longer <= KEEP_UP_TO) return shown;
  const scaled = (side: number) => Math.max(1, Math.round((side * SHRINK_TO) / longer));
  return { width: scaled(shown.width), height: scaled(shown.height) };
}

/** Copies frames. It remembers which way works in this browser. */
export class PixelCopier {
  private canvas: OffscreenCanvas | undefined;
  private direct = true;

  /** Writes the frame, at `size`, to `target`, which has room for exactly that. */
  async copy(frame: Frame, size: Size, target: () => Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.direct && 'copyTo' in frame && isPlain(frame, size)) {
      try {
        const options: VideoFrameCopyToOptions = { format: 'RGBA', colorSpace: 'srgb' };
        // Browsers that do not know `format` would silently hand out planes of another one.
        if (frame.allocationSize(options) === size.width * size.height * 4) {
          await frame.copyTo(target(), options);
          return;
        }
      } catch {
        // Not every browser converts every format; a canvas does.
      }
      this.direct = false;
    }
    target().set(this.drawn(frame, size));
  }

  private drawn(frame: Frame, { width, height }: Size): Uint8ClampedArray {
    if (this.canvas?.width !== width || this.canvas.height !== height)
      this.canvas = new OffscreenCanvas(width, height);
    const context = this.canvas.getContext('2d', { willReadFrequently: true, alpha: false });
    if (!context) throw new Error('this browser gives no canvas to a worker');
    context.drawImage(frame, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  }
}

/** Whether the frame's own pixels are what is shown: not turned, mirrored, squeezed or scaled. */
function isPlain(frame: VideoFrame, size: Size): boolean {
  const { rotation = 0, flip = false } = frame as { rotation?: number; flip?: boolean };
  const rect = frame.visibleRect;
  return rotation === 0 && !flip && rect?.width === size.width && rect.height === size.height;
}
