/** How large something is that is drawn: in CSS pixels, or in cells where that is said. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
