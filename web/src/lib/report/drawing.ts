// A drawn figure as an image's address: an SVG in an `img` runs no scripts and loads nothing.

export function drawing(svg: string | undefined): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg ?? '<svg xmlns="http://www.w3.org/2000/svg"/>')}`;
}
