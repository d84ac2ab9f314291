// What a chart is drawn from: uPlot's own options, made with the page's colors.
import type uPlot from 'uplot';

/** The page's own colors and letters, for a canvas that knows no stylesheet. */
export interface Paint {
  color: (token: string) => string;
  font: string;
}

export interface Drawing {
  options: Omit<uPlot.Options, 'width' | 'height'>;
  data: uPlot.AlignedData;
}

export type Build = (UPlot: typeof uPlot, paint: Paint) => Drawing;
